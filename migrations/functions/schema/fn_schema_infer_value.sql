create or replace function dot.fn_schema_infer_value(p_samples jsonb) returns jsonb
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_types   jsonb;
  v_objects jsonb;
  v_items   jsonb;
  v_out     jsonb;
begin
  select jsonb_agg(distinct t), coalesce(jsonb_agg(e) filter (where t = 'object'), '[]'),
         coalesce((select jsonb_agg(i) from jsonb_array_elements(p_samples) a cross join lateral jsonb_array_elements(case jsonb_typeof(a) when 'array' then a else '[]' end) i), '[]')
    into v_types, v_objects, v_items
    from jsonb_array_elements(p_samples) e
   cross join lateral (select case when jsonb_typeof(e) = 'number' then case when e::text::numeric % 1 = 0 then 'integer' else 'number' end else jsonb_typeof(e) end as t) x;
  if v_types is null then
    return 'true'::jsonb;
  end if;
  if v_types ? 'number' then
    v_types := v_types - 'integer';
  end if;
  v_out := jsonb_build_object('type', case jsonb_array_length(v_types) when 1 then v_types -> 0 else v_types end);
  if v_objects <> '[]' then
    v_out := v_out
      || (select jsonb_build_object('properties', coalesce(jsonb_object_agg(p.key, dot.fn_schema_infer_value(p.samples)), '{}'))
            from (select m.key, jsonb_agg(m.value) as samples from jsonb_array_elements(v_objects) o cross join lateral jsonb_each(o) m group by m.key) p)
      || (select jsonb_build_object('required', coalesce(jsonb_agg(p.key order by p.key), '[]'))
            from (select m.key from jsonb_array_elements(v_objects) o cross join lateral jsonb_each(o) m group by m.key having count(*) = jsonb_array_length(v_objects)) p);
  end if;
  if v_items <> '[]' then
    v_out := v_out || jsonb_build_object('items', dot.fn_schema_infer_value(v_items));
  end if;
  return v_out;
end
$$;
comment on function dot.fn_schema_infer_value(jsonb) is
  'A JSON Schema of Draft 2020-12 that every sample [value] satisfies: types, properties, those in every sample required, and items. It is a draft to be read: samples say nothing of what else there may be.';
