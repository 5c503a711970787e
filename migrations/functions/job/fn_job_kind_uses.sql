create or replace function dot.fn_job_kind_uses(p_entries jsonb) returns void
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
begin
  perform dot.fn_registry_used('executor-classes', k.executor_class), dot.fn_registry_used('queues', k.queue_code),
          dot.fn_registry_used('retry-policies', k.retry_policy)
     from dot.job_kind_registry k where p_entries ? k.job_kind;
end
$$;
comment on function dot.fn_job_kind_uses(jsonb) is 'Warns of kinds of jobs among these {kind: …} that use what is deprecated. For the registry job-kinds.';
