-- Of the runs that alter the schema, and of no other.
do $$
declare
  v_code text := (dot.fn_command_with('alter_schema'))[1];
begin
  insert into dot.dot_command_run (run_id, command_code, mode, actor, actor_kind, actor_verified, state, started_at, finished_at, args, args_digest, outcome)
  select dot.fn_uuid_v7(), r.code, 'run', 'x', 'human', true, r.state, now(), clock_timestamp() + r.later * interval '1 hour', '{}', '-', jsonb_build_object('downs', r.downs)
    from (values (v_code, 'succeeded', 1, '{"9001": "a", "9002": "b"}'::jsonb), (v_code, 'succeeded', 2, '{"9002": "c"}'),
                 ('gate set', 'succeeded', 3, '{"9001": "z"}')) r(code, state, later, downs);
  perform test.equal(dot.fn_migrate_downs() ->> '9001', 'a');
  perform test.equal(dot.fn_migrate_downs() ->> '9002', 'c');
end
$$;
