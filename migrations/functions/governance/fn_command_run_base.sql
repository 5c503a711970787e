create or replace function dot.fn_command_run_base(p_keys jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_table record;
  v_match text;
  v_rows  jsonb;
  v_base  jsonb := '[]'::jsonb;
begin
  if jsonb_typeof(p_keys) is distinct from 'array' then
    return null;
  end if;
  for v_table in
    select c.oid as relid, k.item ->> 'table' as name, jsonb_agg(k.item -> 'key') as keys,
           (select array_agg(a.attname::text) from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey::int2[])
             where i.indrelid = c.oid and i.indisprimary) as key
      from jsonb_array_elements(p_keys) k(item) left join pg_class c on c.oid = to_regclass(k.item ->> 'table') and has_table_privilege(c.oid, 'select')
     group by 1, 2 order by 2
  loop
    if v_table.key is null then
      return jsonb_build_object('problem', format('the rows of %s cannot be found by a key', v_table.name));
    end if;
    select string_agg(format('t.%1$I = k.%1$I', k), ' and ') into v_match from unnest(v_table.key) k;
    execute format(
      'select coalesce(jsonb_object_agg(e::text, dot.fn_proposal_digest(to_jsonb(t))), ''{}'')
         from jsonb_array_elements($1) e, jsonb_populate_record(null::%1$s, e) k join %1$s t on %2$s',
      v_table.relid::regclass, v_match)
      into v_rows using v_table.keys;
    v_base := v_base || jsonb_build_object('table', v_table.name, 'rows', v_rows);
  end loop;
  return v_base;
end
$$;
comment on function dot.fn_command_run_base(jsonb) is
  'The rows [{table, key}] that a plan replaces, as they are now: [{table, rows: {key: digest}}]; their content is for those who may read the table. Null where the plan does not know them all; {problem} where they cannot be found.';
