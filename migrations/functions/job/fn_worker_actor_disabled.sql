create or replace function dot.fn_worker_actor_disabled() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  update dot.queue_heartbeat h set state = 'stopped', is_idle = false, running = 0 where h.login = new.login_name and h.state <> 'stopped';
  -- What it holds is its no more: whatever it says of it is stale, and it is rescued.
  update dot.job_queue j set holder = null, deadline_at = clock_timestamp() where j.state = 'x' and j.holder = to_regrole(quote_ident(new.login_name));
  return null;
end
$$;
comment on function dot.fn_worker_actor_disabled() is
  'Trigger workers_end of dot_actor: with an actor, the workers of its login end at once, and the jobs that they hold are rescued.';
create or replace trigger workers_end after update of status on dot.dot_actor for each row when (new.status = 'disabled' and old.status <> 'disabled')
  execute function dot.fn_worker_actor_disabled();
alter table dot.dot_actor enable always trigger workers_end;
