create or replace function dot.fn_catalog_finds_not_synced(p_given jsonb)
returns table (command text, finding text, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select g.code, 'not_synced', case when k.command_code is null then 'the database''s catalogue does not have it' else 'the database has another declaration of it' end
    from jsonb_to_recordset(p_given) as g(code text, digest text)
    left join dot.dot_command_catalog k on k.command_code = g.code and k.status <> 'retired'
   where k.command_code is null or k.spec_digest <> g.digest
$$;
comment on function dot.fn_catalog_finds_not_synced(jsonb) is
  'For fn_catalog_check: not_synced, a command that the database does not have, or has otherwise.';
