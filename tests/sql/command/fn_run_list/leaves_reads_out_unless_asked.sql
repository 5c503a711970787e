do $$
begin
  insert into dot.dot_command_run (run_id, command_code, mode, state, args, args_digest, actor, actor_kind, actor_verified, finished_at)
  values (dot.fn_uuid_v7(), 'gate list', 'read', 'succeeded', '{}', '', 'x', 'human', false, now());
  assert not exists (select 1 from dot.fn_run_list() where mode = 'read'), 'reads are left out';
  assert exists (select 1 from dot.fn_run_list(p_reads => true) where mode = 'read'), 'and shown when asked for';
end
$$;
