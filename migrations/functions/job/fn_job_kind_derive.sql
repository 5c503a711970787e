create or replace function dot.fn_job_kind_derive(p_key text, p_entry jsonb, p_now jsonb) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('retry_policy', coalesce(p_entry ->> 'retry_policy',
    (select c.retry_default from dot.executor_class_registry c where c.class_code = p_entry ->> 'executor_class'), 'standard'))
$$;
comment on function dot.fn_job_kind_derive(text, jsonb, jsonb) is
  'The retry policy of a kind of jobs whose file names none: that of its executor class, else standard. For the registry job-kinds.';
