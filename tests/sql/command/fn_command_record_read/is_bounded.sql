do $$
declare
  v_run uuid := dot.fn_uuid_v7();
  v_env jsonb := jsonb_build_object('run_id', v_run);
begin
  -- No id of another time, no state that is none, and nothing of what is no read.
  perform test.raises('DT400', $q$select dot.fn_command_record_read('actor list', '{}', '{"run_id": "ffffffff-ffff-7fff-bfff-fffffffffffd"}', 'succeeded', null, now())$q$);
  perform test.raises('DT400', format($q$select dot.fn_command_record_read('actor list', '{}', %L, 'abandoned', null, now())$q$, v_env));
  perform test.raises('DT400', format($q$select dot.fn_command_record_read('actor list', '{}', %L, null, null, now())$q$, v_env));
  perform dot.fn_command_record_read('no such', '{}', v_env, 'succeeded', null, now());
  perform dot.fn_command_record_read('gate set', '{}', v_env, 'failed', null, now());
  assert (test.run(v_run)).run_id is null;
  perform dot.fn_command_record_read('actor list', jsonb_build_object('a', repeat('x', 100000)), v_env, 'succeeded', null, '-infinity');
  assert (select r.started_at >= pg_postmaster_start_time() and r.args ? 'omitted_bytes' and r.args_digest ~ '^[0-9a-f]{64}$' from dot.dot_command_run r where r.run_id = v_run);
  -- One that has followed events since the server started, as it says truly.
  v_run := (lpad(to_hex((extract(epoch from pg_postmaster_start_time()) * 1000)::bigint), 12, '0') || '7' || substr(md5('x'), 1, 3) || '8' || substr(md5('y'), 1, 15))::uuid;
  perform dot.fn_command_record_read('event tail', '{}', jsonb_build_object('run_id', v_run), 'succeeded', null, pg_postmaster_start_time());
  perform test.equal((test.run(v_run)).started_at, pg_postmaster_start_time());
  assert (select count(*) > 0 from dot.fn_run_list(p_reads => true));
end
$$;
