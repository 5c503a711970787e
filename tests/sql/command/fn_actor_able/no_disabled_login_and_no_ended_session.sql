do $$
declare
  v_ann   text := test.actor('ann', 'human', '{dot_reader,dot_operator}');
  v_gate  text := test.actor('gate', 'service', '{dot_operator,dot_gateway}');
  v_token text := test.token(v_ann);
  c_do    constant text := $q$select dot.fn_job_enqueue('system.noop') ->> 'job'$q$;
  c_many  constant text := $q$select (dot.fn_job_enqueue_many('system.noop', array['{}'::jsonb])).jobs[1]::text$q$;
begin
  assert test.by(v_ann, c_do) ~ '^[0-9]+$' and test.by(v_ann, c_many) ~ '^[0-9]+$';
  assert test.presents(v_gate, v_token, c_do) ~ '^[0-9]+$';
  perform test.equal(test.presents(v_gate, 'bogus', c_do), 'DT403');
  perform test.equal(test.presents(v_gate, 'bogus', c_many), 'DT403');
  update dot.dot_actor set status = 'disabled' where actor_id = 'ann';
  perform test.equal(test.by(v_ann, c_do), 'DT403');
  perform test.equal(test.by(v_ann, c_many), 'DT403');
  perform test.equal(test.presents(v_gate, v_token, c_do), 'DT403');
end
$$;
