do $$
declare
  v_run uuid := (dot.fn_command_begin('gate set', '{"gate": "test.clock", "value": "open"}', jsonb_build_object('run_id', test.run_id(), 'mode', 'dry_run')) ->> 'run_id')::uuid;
begin
  set local session_replication_role = replica;
  -- As of a backend that is gone.
  update dot.dot_command_run set backend_pid = 0, entered_xid = pg_current_xact_id() where run_id = v_run;
  perform test.equal(dot.fn_run_abandon(array[v_run]), '{}'::uuid[]);
  update dot.dot_command_run set entered_xid = null where run_id = v_run;
  perform test.equal(dot.fn_run_abandon(array[v_run]), array[v_run]);
end
$$;
