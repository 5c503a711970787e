-- Under one key, and one unique key, the command that somebody else wants is another one: it would run with their rights.
do $$
declare
  c_enqueue constant text := $q$select dot.fn_job_enqueue('system.command', '{"command": "queue list", "args": {}}', %s) ->> '%s'$q$;
  v_ann     constant text := test.actor('ann', 'human', '{dot_operator}');
  v_bob     constant text := test.actor('bob', 'human', '{dot_operator}');
begin
  perform test.by(v_ann, format(c_enqueue, 'p_namespace => ''n'', p_key => ''k''', 'job'));
  perform test.equal(test.by(v_ann, format(c_enqueue, 'p_namespace => ''n'', p_key => ''k''', 'replayed')), 'true');
  perform test.equal(test.by(v_bob, format(c_enqueue, 'p_namespace => ''n'', p_key => ''k''', 'reason')), 'idempotency_conflict');
  perform test.by(v_ann, format(c_enqueue, 'p_unique_key => ''u''', 'job'));
  perform test.equal(test.by(v_ann, format(c_enqueue, 'p_unique_key => ''u''', 'duplicate')), 'true');
  perform test.equal(test.by(v_bob, format(c_enqueue, 'p_unique_key => ''u''', 'reason')), 'unique_key_taken');
  perform test.equal(test.by(v_bob, $q$select dot.fn_job_enqueue_many('system.command', array['{"command": "queue list", "args": {}}']::jsonb[], p_unique_keys => '{u}')$q$), 'DT409');
end
$$;
