-- Who may do nothing keeps megabytes nowhere: not in what a refused run was given, nor in what it says of itself.
do $$
declare
  v_reader text := test.actor('rea', 'human', '{dot_reader}');
  v_long   text := repeat('x', 100000);
  v_run    uuid;
  v_env    jsonb;
  v_field  text;
begin
  foreach v_field in array array['reason', 'client', 'principal', 'trace_id', 'correlation_id'] loop
    v_env := jsonb_build_object('run_id', test.run_id(), 'mode', 'run', v_field, v_long);
    perform test.equal(test.by(v_reader, format($q$select dot.fn_command_begin('gate set', '{}', %L)::text$q$, v_env)), 'DT400', v_field);
    perform test.equal(test.by(v_reader, format($q$select dot.fn_command_record_read('actor list', '{}', %L, 'succeeded', null, now())::text$q$, v_env)), 'DT400', v_field);
  end loop;
  v_run := test.run_id();
  v_env := jsonb_build_object('run_id', v_run, 'mode', 'run', 'plan', jsonb_build_object('steps', v_long));
  perform test.equal(test.by(v_reader, format($q$select dot.fn_command_begin('gate set', %L, %L) ->> 'code'$q$, jsonb_build_object('gate', v_long), v_env)), 'DT403');
  assert (select r.state = 'refused' and r.args ? 'omitted_bytes' and r.plan ? 'omitted_bytes' and r.args_digest = encode(sha256(convert_to(jsonb_build_object('gate', v_long)::text, 'UTF8')), 'hex')
            from dot.dot_command_run r where r.run_id = v_run), (select left(r::text, 500) from dot.dot_command_run r where r.run_id = v_run);
  v_run := test.run_id();
  perform test.by(v_reader, format($q$select dot.fn_command_record_read('actor list', '{}', %L, 'failed', %L, now())::text$q$, jsonb_build_object('run_id', v_run), jsonb_build_object('message', v_long)));
  assert (select r.error ? 'omitted_bytes' from dot.dot_command_run r where r.run_id = v_run);
  -- What is as long as people write is kept as it is.
  perform test.equal(dot.fn_command_kept('{"a": 1}'), '{"a": 1}'::jsonb);
  perform test.equal(dot.fn_command_kept(null), null::jsonb);
end
$$;
