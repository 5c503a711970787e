create or replace function dot.fn_job_is_command(p_kind text) returns boolean
language sql stable security definer set search_path = dot, pg_temp
as $$
  select exists (
    select 1 from dot.job_kind_registry k join dot.executor_class_registry e on e.class_code = k.executor_class
     where k.job_kind = p_kind and e.executor_kind = 'command')
$$;
comment on function dot.fn_job_is_command(text) is
  'Whether jobs of a kind are commands that a worker runs for someone: whose they are is kept with them (fn_job_for), and judged by it.';
