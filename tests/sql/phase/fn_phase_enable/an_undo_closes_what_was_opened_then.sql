select dot.fn_phase_enable('1', p_revert => true);
do $$
declare
  v_first  jsonb := dot.fn_phase_enable('1', 'queue.worker.enabled');
  v_second jsonb := dot.fn_phase_enable('1', 'queue.notify.enabled');
begin
  perform test.equal(v_first -> 'inverse', '{"revert": true, "only": ["queue.job_substrate.enabled", "queue.worker.enabled"]}'::jsonb);
  perform test.equal(v_second -> 'inverse', '{"revert": true, "only": ["queue.notify.enabled"]}'::jsonb);
  -- What was opened since is someone else's.
  perform test.refused(dot.fn_phase_enable('1', p_revert => true, p_only => '{queue.job_substrate.enabled,queue.worker.enabled}'), 'moved_since');
  perform test.equal(dot.fn_phase_enable('1', p_revert => true, p_only => '{queue.notify.enabled}') -> 'changed', '["queue.notify.enabled"]'::jsonb);
  -- And back again, after the first two were closed: not over a closed one.
  perform dot.fn_phase_enable('1', p_revert => true, p_only => '{queue.job_substrate.enabled,queue.worker.enabled}');
  perform test.refused(dot.fn_phase_enable('1', p_only => '{queue.notify.enabled}'), 'moved_since');
  perform test.raises('DT400', $q$select dot.fn_phase_enable('1', p_only => '{no.such.gate}')$q$);
  perform test.raises('DT400', $q$select dot.fn_phase_enable('1', 'queue.notify.enabled', p_only => '{queue.notify.enabled}')$q$);
end
$$;
