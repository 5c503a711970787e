create or replace function dot.fn_command_run_base(p_keys jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_name  text;
  v_match text;
  v_rows  jsonb;
  v_base  jsonb := '[]'::jsonb;
begin
  if jsonb_typeof(p_keys) is distinct from 'array' then
    return null;
  end if;
  for v_name in select distinct k ->> 'table' from jsonb_array_elements(p_keys) k order by 1 loop
    v_match := dot.fn_command_run_match(to_regclass(v_name));
    if v_match is null then
      return jsonb_build_object('problem', format('the rows of %s cannot be found by a key', v_name));
    end if;
    execute format(
      'select coalesce(jsonb_object_agg((e -> ''key'')::text, dot.fn_proposal_digest(to_jsonb(t.*))), ''{}'')
         from jsonb_array_elements($1) e, jsonb_populate_record(null::%1$s, e -> ''key'') k join %1$s t on %2$s where e ->> ''table'' = $2',
      to_regclass(v_name), v_match)
      into v_rows using p_keys, v_name;
    v_base := v_base || jsonb_build_object('table', v_name, 'rows', v_rows);
  end loop;
  return v_base;
end
$$;
comment on function dot.fn_command_run_base(jsonb) is
  'The rows [{table, key}] that a plan replaces, as they are now: [{table, rows: {key: digest}}]; their content is for those who may read the table. Null where the plan does not know them all; {problem} where they cannot be found.';
