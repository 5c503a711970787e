create or replace function dot.fn_external_tool_validate(p_entry jsonb) returns text
language sql stable security definer set search_path = dot, pg_temp
as $$
  select case
    when t.registry_code is not null and not exists (select 1 from dot.registry_catalog r where r.registry_code = t.registry_code) then format('there is no registry %s', t.registry_code)
    when t.table_name is not null and t.status is distinct from 'archived' then dot.fn_registry_adapter_problem(t) end
    from jsonb_populate_record(null::dot.external_tool_registry, p_entry) t
$$;
comment on function dot.fn_external_tool_validate(jsonb) is
  'What is wrong with an entry of external_tool_registry, beyond what its table checks, or null: an adapter needs its registry, and one with a table a table that it can show (fn_registry_adapter_problem).';
