-- What an agent adds to a batch of somebody else's would hold up the end of it; a person's it may add to for whom it acts.
do $$
declare
  v_batch uuid := (dot.fn_batch_open('a person''s') ->> 'batch')::uuid;
  v_bot   constant text := test.actor('bot', 'agent', '{dot_agent}');
  v_own   text;
begin
  perform test.equal(test.by(v_bot, format('select dot.fn_job_enqueue(%L, p_batch => %L)', 'system.noop', v_batch)), 'DT403');
  perform test.equal(test.by(v_bot, format('select dot.fn_batch_seal(%L)', v_batch)), 'DT403');
  v_own := test.by(v_bot, $q$select dot.fn_batch_open('its own') ->> 'batch'$q$);
  perform test.equal(test.by(v_bot, format('select dot.fn_job_enqueue(%L, p_batch => %L) ->> %L', 'system.noop', v_own, 'state')), 'ready');
  perform test.equal(test.by(v_bot, format('select dot.fn_batch_seal(%L) ->> %L', v_own, 'total')), '1');
  perform dot.fn_batch_own(v_batch), dot.fn_batch_own(gen_random_uuid());
end
$$;
