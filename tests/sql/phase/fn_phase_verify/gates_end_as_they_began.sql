-- Who calls from SQL names a trace, or the runs have none.
select set_config('dot.trace_id', md5('x'), true);
select dot.fn_phase_enable('1', p_revert => true);
do $$
declare
  v_done  jsonb;
  v_opens jsonb := dot.fn_phase_enable('1', 'queue.worker.enabled');
begin
  assert v_opens -> 'changed' = '["queue.job_substrate.enabled", "queue.worker.enabled"]', v_opens::text;
  v_done := dot.fn_phase_verify('1');
  assert dot.fn_phase_survey('1') -> 'next' = '"queue.notify.enabled"', 'the first two are open, and no other';
  assert v_done -> 'ok' = 'true', (select string_agg(c::text, ', ') from jsonb_array_elements(v_done -> 'checks') c where c ->> 'kept' = 'false');
  -- Phase 0 is turned on by the same, with what was cut before.
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\n', e'# B\n']));
  v_opens := dot.fn_phase_enable('0');
  assert v_opens #> '{turned,iu.post_cut.autowire,backfilled}' = '1' and dot.fn_phase0_wiring() ->> 'ok' = 'true', v_opens::text;
  v_done := dot.fn_phase_verify('0');
  assert v_done -> 'ok' = 'true', (select string_agg(c::text, ', ') from jsonb_array_elements(v_done -> 'checks') c where c ->> 'kept' = 'false');
  assert dot.fn_phase_report('0') -> 'ok' = 'false', 'not before a run of verify is kept with its outcome';
end
$$;
