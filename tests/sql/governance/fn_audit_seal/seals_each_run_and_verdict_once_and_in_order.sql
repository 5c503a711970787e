do $$
declare
  v_run    uuid;
  v_before bigint;
  v_sealed jsonb;
begin
  perform dot.fn_audit_seal();
  v_before := (select max(leaf_index) + 1 from dot.audit_leaf);
  -- A run that is going on has nothing to seal yet.
  v_run := dot.fn_uuid_v7();
  perform dot.fn_command_begin('gate set', '{}', jsonb_build_object('run_id', v_run, 'mode', 'run'));
  v_sealed := dot.fn_audit_seal();
  assert not exists (select 1 from dot.audit_leaf where run_id = v_run), 'a started run is not sealed';
  -- Its outcome is a leaf, and the verdict that comes later one of its own.
  perform dot.fn_command_conclude(v_run, 'failed');
  perform dot.fn_audit_seal();
  assert (select array_agg(leaf_kind) from dot.audit_leaf where run_id = v_run) = array['run/1'], 'a run is sealed once it has ended';
  v_sealed := dot.fn_audit_seal();
  assert v_sealed ->> 'sealed' = '1', 'nothing but its own run, nothing twice: ' || v_sealed::text;
  assert (select count(*) = max(leaf_index) + 1 from dot.audit_leaf), 'indexes are dense';
end
$$;
