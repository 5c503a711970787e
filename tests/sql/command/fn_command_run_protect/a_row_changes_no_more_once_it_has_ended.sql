do $$
begin
  perform test.raises('DT409', 'truncate dot.dot_command_run cascade');
  perform dot.fn_gate_set('test.clock', 'open');
  perform test.raises('DT409', $q$update dot.dot_command_run set actor = 'me'$q$);
  perform test.raises('DT409', 'delete from dot.dot_command_run');
  set local session_replication_role = replica;
  perform test.raises('DT409', $q$update dot.dot_command_run set actor = 'me'$q$);
end
$$;
