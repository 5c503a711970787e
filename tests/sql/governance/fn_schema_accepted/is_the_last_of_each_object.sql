do $$
begin
  perform test.equal(dot.fn_schema_accepted(), '{}'::jsonb);
  alter table dot.dot_command_run disable trigger user;
  insert into dot.dot_command_run (run_id, command_code, mode, state, actor, actor_kind, actor_verified, args, args_digest, outcome, started_at, finished_at)
  select test.run_id(), 'proposal apply', 'run', 'succeeded', 'ann', 'human', false, '{}', 'x', jsonb_build_object('kind', k, 'accepted', a::jsonb), now(), now() + n * interval '1 second'
    from (values (1, 'schema_accept', '[{"object": "a", "live": "1"}, {"object": "b", "live": "1"}]'), (2, 'schema_accept', '[{"object": "a", "live": null}]'),
                 (3, 'policy_change', '[{"object": "b", "live": "2"}]')) v(n, k, a);
  perform test.equal(dot.fn_schema_accepted(), '{"a": null, "b": "1"}'::jsonb);
end
$$;
