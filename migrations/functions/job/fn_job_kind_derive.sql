create or replace function dot.fn_job_kind_derive(p_key text, p_entry jsonb, p_now jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
begin
  -- One that was there before goes on until it is changed.
  if p_entry -> 'target' is distinct from p_now -> 'target' then
    perform dot.fn_job_target_check(p_key, p_entry -> 'target');
  end if;
  return jsonb_build_object('retry_policy', coalesce(p_entry ->> 'retry_policy',
    (select c.retry_default from dot.executor_class_registry c where c.class_code = p_entry ->> 'executor_class'), 'standard'));
end
$$;
comment on function dot.fn_job_kind_derive(text, jsonb, jsonb) is
  'The retry policy of a kind of jobs whose file names none: that of its executor class, else standard. For the registry job-kinds. DT400 for a target that holds a secret (fn_job_target_check).';
