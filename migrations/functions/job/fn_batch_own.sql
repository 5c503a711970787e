create or replace function dot.fn_batch_own(p_batch uuid) returns void
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_me record := dot.fn_actor_current();
begin
  if v_me.actor_kind <> 'agent' or not exists (select 1 from dot.job_batch b where b.batch_id = p_batch)
    or exists (
      select 1 from dot.job_batch b join dot.dot_command_run r using (run_id)
       where b.batch_id = p_batch and (r.actor in (v_me.actor_id, v_me.principal) or r.principal = v_me.principal))
  then
    return;
  end if;
  raise exception using errcode = 'DT403', message = format('batch %s is somebody else''s', p_batch), hint = 'An agent adds to batches that it opened, or for whom it acts, and seals those: dot batch open';
end
$$;
comment on function dot.fn_batch_own(uuid) is
  'DT403 where the session is an agent''s and the batch was opened by nobody for whom it acts: what it added would hold up the end of somebody else''s work. Whoever else may enqueue is not asked.';
