create or replace function dot.fn_migrate_seen() returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_ledger  regclass := to_regclass('public._sqlx_migrations');
  v_applied jsonb;
begin
  -- The list of migrations stands in a schema that is not the platform's: what it evaluates must be trusted with these rights.
  if v_ledger is not null and dot.fn_command_foreign(v_ledger) is null and has_table_privilege(v_ledger, 'select') then
    execute 'select coalesce(jsonb_agg(jsonb_build_object(
               ''version'', m.version, ''description'', m.description, ''installed_on'', m.installed_on::text,
               ''checksum'', encode(m.checksum, ''hex'')) order by m.version), ''[]'') from public._sqlx_migrations m'
       into v_applied;
  end if;
  return jsonb_build_object(
    'applied', v_applied,
    'commands', (select count(*) from dot.dot_command_catalog where status = 'active'),
    'sources', (
      select coalesce(jsonb_agg(jsonb_build_object('function_name', s.function_name, 'digest', s.digest, 'definition_digest', s.definition_digest,
               'reverted', s.reverted) order by s.function_name), '[]')
        from dot.dot_function_source s));
end
$$;
comment on function dot.fn_migrate_seen() is
  'What logins that read no table may know of how the platform was made: {applied: [{version, description, installed_on, checksum (hex)}], commands: how many are active, sources: [{function_name, digest, definition_digest, reverted}]}. applied is null where dot_owner may not read the list of migrations, or something in it is not to be evaluated with its rights.';
