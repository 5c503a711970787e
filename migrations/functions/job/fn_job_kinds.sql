create or replace function dot.fn_job_kinds()
returns table (kind text, class text, queue text, priority int, retry_policy text, timeout interval, key_limit int, status text, summary text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select k.job_kind, k.executor_class, k.queue_code, k.priority::int, k.retry_policy, k.timeout, k.key_limit::int, k.status, k.summary
    from dot.job_kind_registry k order by k.job_kind
$$;
comment on function dot.fn_job_kinds() is 'What jobs there are.';
