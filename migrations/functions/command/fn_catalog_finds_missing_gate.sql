create or replace function dot.fn_catalog_finds_missing_gate(p_given jsonb)
returns table (command text, finding text, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select g.code, 'missing_gate', format('gate %s is not declared in this database', g.gate)
    from jsonb_to_recordset(p_given) as g(code text, gate text)
   where g.gate is not null
     and not exists (select 1 from dot.dot_config c where c.config_key = g.gate and c.value_type = 'bool' and c.status = 'active')
$$;
comment on function dot.fn_catalog_finds_missing_gate(jsonb) is
  'For fn_catalog_check: missing_gate, a gate of a command that is not declared.';
