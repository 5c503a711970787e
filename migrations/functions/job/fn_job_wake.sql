create or replace function dot.fn_job_wake(p_queue text) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  -- Only where someone listens who has nothing to do: a notification takes a lock at commit that all of them share.
  perform pg_notify('dot_job', p_queue)
    where exists (select 1 from dot.dot_config c where c.config_key = 'queue.notify.enabled' and c.value = 'true')
      and exists (select 1 from dot.queue_heartbeat h where h.is_idle and h.state = 'active');
end
$$;
comment on function dot.fn_job_wake(text) is
  'Wakes idle workers at commit, while gate queue.notify.enabled is open. PostgreSQL folds equal notifications of a transaction into one. It is a hint only: polling finds the job as well.';
