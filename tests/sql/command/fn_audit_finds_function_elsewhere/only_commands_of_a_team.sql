create schema elsewhere;
grant usage on schema elsewhere to dot_owner;
create function elsewhere.fn_x() returns jsonb language sql security definer as 'select ''{}''::jsonb';
create function elsewhere.fn_y() returns jsonb language sql as 'select ''{}''::jsonb';
do $$
begin
  perform test.equal((select count(*)::int from dot.fn_audit_finds_function_elsewhere()), 0, 'another''s');
  alter function elsewhere.fn_x() owner to dot_owner;
  alter function elsewhere.fn_y() owner to dot_owner;
  perform test.equal((select string_agg(object, ', ') from dot.fn_audit_finds_function_elsewhere()), 'elsewhere.fn_x()');
  alter table dot.dot_command_catalog disable trigger birth;
  insert into dot.dot_command_catalog (command_code, summary, pg_function, mutating, idempotency, roles, spec, spec_digest, source)
  values ('elsewhere x', 'x', 'elsewhere.fn_x', false, 'none', '{dot_reader}', '{}', 'x', 'directory');
  perform test.equal((select count(*)::int from dot.fn_audit_finds_function_elsewhere()), 0, 'a command of a team');
end
$$;
