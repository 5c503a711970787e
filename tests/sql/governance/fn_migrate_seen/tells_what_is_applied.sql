-- What is applied, of the platform and of the teams' sets, is told to who reads no table.
do $$
declare
  v_seen jsonb;
begin
  insert into dot.dot_own_migration (set_name, version, description, checksum, down_digest, execution_time)
  values ('billing', 1, 'invoices', '\x01ff', 'none', 5);
  v_seen := dot.fn_migrate_seen();
  perform test.equal(jsonb_array_length(v_seen -> 'applied')::text, (select count(*)::text from dot._sqlx_migrations));
  perform test.equal(v_seen -> 'applied' -> 0 ->> 'checksum', (select encode(checksum, 'hex') from dot._sqlx_migrations order by version limit 1));
  perform test.equal((v_seen -> 'own' -> 0) - 'installed_on',
    '{"set_name": "billing", "version": 1, "description": "invoices", "checksum": "01ff", "down_digest": "none"}'::jsonb || jsonb_build_object('applied_by', session_user));
  perform test.equal(v_seen ->> 'commands', (select count(*)::text from dot.dot_command_catalog where status = 'active'));
  perform test.equal(jsonb_array_length(v_seen -> 'sources')::text, (select count(*)::text from dot.dot_function_source));
  perform test.equal(jsonb_path_query_first(v_seen, '$.sources[*] ? (@.function_name == "fn_migrate_seen")') ->> 'digest',
    (select digest from dot.dot_function_source where function_name = 'fn_migrate_seen'));
end
$$;
