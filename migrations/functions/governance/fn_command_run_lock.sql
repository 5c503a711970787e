create or replace function dot.fn_command_run_lock(p_payload jsonb) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_name  text;
  v_match text;
begin
  if jsonb_typeof(p_payload -> 'keys') is distinct from 'array' then
    return;
  end if;
  for v_name in select distinct k ->> 'table' from jsonb_array_elements(p_payload -> 'keys') k order by 1 loop
    v_match := dot.fn_command_run_match(to_regclass(v_name));
    continue when v_match is null;
    execute format(
      'select 1 from jsonb_array_elements($1) e, jsonb_populate_record(null::%1$s, e -> ''key'') k join %1$s t on %2$s
        where e ->> ''table'' = $2 order by e::text for update of t', to_regclass(v_name), v_match)
      using p_payload -> 'keys', v_name;
  end loop;
end
$$;
comment on function dot.fn_command_run_lock(jsonb) is 'Locks the rows that a proposed plan replaces until the end of the transaction.';
