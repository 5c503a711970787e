create or replace function dot.fn_worker_actor_disabled() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  -- Nobody keeps it from being disabled by holding a row of its own: a worker that is left so takes nothing, and falls silent.
  update dot.queue_heartbeat h set state = 'stopped', is_idle = false, running = 0
   where h.worker_id in (select w.worker_id from dot.queue_heartbeat w where w.login = new.login_name and w.state <> 'stopped' for update skip locked);
  -- What it holds is its no more: whatever it says of it is stale, and it is rescued.
  update dot.job_queue j set holder = null, deadline_at = clock_timestamp() 
   where j.job_id in (select x.job_id from dot.job_queue x where x.state = 'x' and x.holder = to_regrole(quote_ident(new.login_name)) order by x.job_id for update skip locked);
  return null;
end
$$;
comment on function dot.fn_worker_actor_disabled() is
  'Trigger workers_end of dot_actor: with an actor, the workers of its login end at once, and the jobs that they hold are rescued.';
create or replace trigger workers_end after update of status on dot.dot_actor for each row when (new.status = 'disabled' and old.status <> 'disabled')
  execute function dot.fn_worker_actor_disabled();
alter table dot.dot_actor enable always trigger workers_end;
