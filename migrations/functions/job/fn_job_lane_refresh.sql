create or replace function dot.fn_job_lane_refresh() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_queue text;
begin
  if tg_level = 'ROW' and tg_table_name = 'queue_registry' then
    -- A change of one queue holds up no change of another; only what concerns them all waits for it, and it for that.
    v_queue := new.queue_code;
    lock table dot.job_lane in row exclusive mode;
    perform 1 from dot.job_lane l where l.queue_code = v_queue order by l.executor_class for update;
  else
    -- One after the other, each with what the one before has committed: else two changes at once would each keep its own
    -- half of them.
    lock table dot.job_lane in share row exclusive mode;
  end if;
  insert into dot.job_lane as l (executor_class, queue_code, queue_id, class_id, weight, max_running, rate_limit, rate_period, can_enqueue, can_claim, is_deprecated)
  select c.class_code, q.queue_code, q.queue_id, c.class_id, q.weight, q.max_running, q.rate_limit, q.rate_period,
         g.enqueue and q.status <> 'retired', g.claim and q.status = 'active' and c.status = 'active',
         exists (select 1 from dot.registry_birth b where b.registry_code = 'queues' and b.entry_key = q.queue_code and b.lifecycle = 'deprecated')
    from dot.queue_registry q cross join dot.executor_class_registry c
   cross join (
      select coalesce(bool_or(f.config_key = 'queue.job_substrate.enabled' and f.value = 'true'), false) and not coalesce(bool_or(f.config_key = 'policy.freeze' and f.value = 'true'), false) as enqueue,
             coalesce(bool_or(f.config_key = 'queue.worker.enabled' and f.value = 'true'), false) and not coalesce(bool_or(f.config_key = 'policy.freeze' and f.value = 'true'), false) as claim
        from dot.dot_config f where f.config_key in ('queue.job_substrate.enabled', 'queue.worker.enabled', 'policy.freeze')) g
   where v_queue is null or q.queue_code = v_queue
      on conflict (executor_class, queue_code) do update
     set queue_id = excluded.queue_id, class_id = excluded.class_id, weight = excluded.weight, max_running = excluded.max_running,
         rate_limit = excluded.rate_limit, rate_period = excluded.rate_period, can_enqueue = excluded.can_enqueue, can_claim = excluded.can_claim,
         is_deprecated = excluded.is_deprecated
   where (l.queue_id, l.class_id, l.weight, l.max_running, l.rate_limit, l.rate_period, l.can_enqueue, l.can_claim, l.is_deprecated)
         is distinct from (excluded.queue_id, excluded.class_id, excluded.weight, excluded.max_running, excluded.rate_limit, excluded.rate_period, excluded.can_enqueue, excluded.can_claim, excluded.is_deprecated);
  delete from dot.job_lane l
   where v_queue is null and (not exists (select 1 from dot.queue_registry q where q.queue_code = l.queue_code)
      or not exists (select 1 from dot.executor_class_registry c where c.class_code = l.executor_class));
  return null;
end
$$;
comment on function dot.fn_job_lane_refresh() is 'Trigger: keeps job_lane as the gates, queues and executor classes are, in the transaction that changes them. A change of one queue locks the lanes of that queue, any other all of them.';
create or replace trigger lanes after insert or delete on dot.queue_registry for each statement execute function dot.fn_job_lane_refresh();
create or replace trigger lanes_of_queue after update on dot.queue_registry for each row execute function dot.fn_job_lane_refresh();
create or replace trigger lanes after insert or update or delete on dot.executor_class_registry for each statement execute function dot.fn_job_lane_refresh();
create or replace trigger lanes after insert or update on dot.dot_config for each row
  when (new.config_key in ('queue.job_substrate.enabled', 'queue.worker.enabled', 'policy.freeze')) execute function dot.fn_job_lane_refresh();
create or replace trigger lanes after update on dot.registry_birth for each row
  when (new.registry_code = 'queues' and new.lifecycle <> old.lifecycle) execute function dot.fn_job_lane_refresh();
alter table dot.queue_registry enable always trigger lanes;
alter table dot.queue_registry enable always trigger lanes_of_queue;
alter table dot.executor_class_registry enable always trigger lanes;
alter table dot.dot_config enable always trigger lanes;
alter table dot.registry_birth enable always trigger lanes;
