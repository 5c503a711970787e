do $$
begin
  perform test.equal(dot.fn_audit_verified(), null::timestamptz);
  insert into dot.dot_command_run (run_id, command_code, mode, state, args, args_digest, actor, actor_kind, actor_verified, login, started_at, finished_at, outcome)
  values (dot.fn_uuid_v7(), 'audit verify', 'read', 'succeeded', '{}', '', 'x', 'human', false, session_user, '2026-01-02', '2026-01-02', '{"for_everybody": true}');
  perform test.equal(dot.fn_audit_verified(), '2026-01-02'::timestamptz);
  assert dot.fn_problems('integrity') #> '{not_looked_at,0}' @> '{"look": "dot audit verify"}';
end
$$;
