-- The base is what the platform accounts for, so an approval is void where that has moved.
do $$
declare
  v_run  uuid := dot.fn_uuid_v7();
  v_base jsonb;
begin
  insert into dot.dot_command_run (run_id, command_code, mode, actor, actor_kind, actor_verified, state, started_at, finished_at, args, args_digest, outcome)
  values (v_run, (dot.fn_command_with('alter_schema'))[1], 'run', 'x', 'human', true, 'succeeded', now(), clock_timestamp() + interval '1 hour', '{}', '-',
    '{"fingerprint": "f", "found": [{"object": "column dot.x.y", "accounted": null, "live": "1. text"}, {"object": "table dot.x", "accounted": "a", "live": "b"}]}');
  v_base := dot.fn_schema_accept_validate('{"differences": [{"object": "column dot.x.y", "accounted": null, "live": "1. text"}, {"object": "table dot.x", "accounted": "a", "live": null}]}') -> 'base';
  perform test.equal(v_base, '{"column dot.x.y": null, "table dot.x": "a"}'::jsonb);
end
$$;
-- What the platform accounts for otherwise, and what is no difference.
select test.raises('DT400', format('select dot.fn_schema_accept_validate(%L)', p))
  from unnest(array[
    '{"differences": [{"object": "column dot.x.y", "accounted": "2. int", "live": "1. text"}]}',
    '{"differences": [{"object": "table dot.x", "accounted": null, "live": "b"}]}',
    '{"differences": [{"object": "schema dot as a whole", "accounted": "f", "live": "g"}]}',
    '{"differences": [{"object": "table dot.x", "accounted": "a", "live": "a"}]}',
    '{"differences": [{"object": "table dot.x", "accounted": "a", "live": "b", "note": "c"}]}',
    '{"differences": [{"object": "table dot.x", "accounted": "a", "live": "b"}, {"object": "table dot.x", "accounted": "a", "live": "c"}]}',
    '{"differences": [{"object": "table dot.x", "live": "b"}]}',
    '{"differences": ["table dot.x"]}', '{"differences": []}', '{"differences": {}}', '{}']) p;
