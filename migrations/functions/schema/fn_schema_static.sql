create or replace function dot.fn_schema_static(p_link jsonb) returns jsonb
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  c_base constant text := 'static:';
  v_todo jsonb := '{}'::jsonb;
  v_refs jsonb := '{}'::jsonb;
  v_root jsonb;
  v_part record;
  v_next record;
begin
  select * into v_part from dot.fn_schema_static_part(p_link, p_link -> 'schema', p_link ->> 'base', '{}', v_todo);
  v_root := v_part.o_schema;
  v_todo := v_part.p_todo;
  loop
    select t.key, t.value into v_next from jsonb_each(v_todo) t where not v_refs ? (c_base || ' ' || t.key) limit 1;
    exit when not found;
    if (select count(*) from jsonb_object_keys(v_refs)) >= 300 then
      return null;
    end if;
    select * into v_part from dot.fn_schema_static_part(p_link, v_next.value -> 'schema', v_next.value ->> 'base', v_next.value -> 'scope', v_todo);
    v_todo := v_part.p_todo;
    v_refs := v_refs || jsonb_build_object(c_base || ' ' || v_next.key, jsonb_build_object('schema', v_part.o_schema, 'base', c_base, 'at', v_next.key, 'anchor', null));
  end loop;
  return jsonb_build_object('schema', v_root, 'base', c_base, 'refs', v_refs, 'dynamic', '{}'::jsonb, 'off', p_link -> 'off');
end
$$;
comment on function dot.fn_schema_static(jsonb) is
  'A link (fn_schema_link) that means the same without dynamic references: each part of a schema once for each way to come to it. Null where that is more than 300 parts.';
