create or replace function dot.fn_catalog_sync_job_kinds(p_entries jsonb) returns int
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_written int;
begin
  insert into dot.job_kind_registry as k (job_kind, executor_class, target, queue_code, priority, retry_policy, timeout, lease, key_limit, owner, summary)
  select e.key, e.value ->> 'executor_class', coalesce(e.value -> 'target', '{}'), coalesce((e.value ->> 'queue'), 'default'), coalesce((e.value ->> 'priority')::smallint, 5), coalesce((e.value ->> 'retry_policy'), 'standard'), coalesce((e.value ->> 'timeout')::interval, interval '1 minute'), coalesce((e.value ->> 'lease')::interval, interval '1 minute'), coalesce((e.value ->> 'key_limit')::smallint, 1), coalesce((e.value ->> 'owner'), 'job'), e.value ->> 'summary'
    from jsonb_each(p_entries) e
  on conflict (job_kind) do update
    set executor_class = excluded.executor_class, target = excluded.target, queue_code = excluded.queue_code, priority = excluded.priority, retry_policy = excluded.retry_policy, timeout = excluded.timeout, lease = excluded.lease, key_limit = excluded.key_limit, owner = excluded.owner, summary = excluded.summary
  where (k.executor_class, k.target, k.queue_code, k.priority, k.retry_policy, k.timeout, k.lease, k.key_limit, k.owner, k.summary)
    is distinct from (excluded.executor_class, excluded.target, excluded.queue_code, excluded.priority, excluded.retry_policy, excluded.timeout, excluded.lease, excluded.key_limit, excluded.owner, excluded.summary);
  get diagnostics v_written = row_count;
  perform dot.fn_registry_used('executor-classes', k.executor_class), dot.fn_registry_used('queues', k.queue_code),
          dot.fn_registry_used('retry-policies', k.retry_policy)
     from dot.job_kind_registry k where p_entries ? k.job_kind;
  return v_written;
end
$$;
comment on function dot.fn_catalog_sync_job_kinds(jsonb) is
  'Brings the kinds of jobs up to catalog/job_kinds: {kind: {executor_class, target, queue, priority, retry_policy, timeout, lease, key_limit, owner, summary}}. Returns how many rows were written; warns of kinds that use what is deprecated.';
