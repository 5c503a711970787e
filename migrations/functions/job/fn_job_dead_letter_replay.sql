create or replace function dot.fn_job_dead_letter_replay(p_request uuid, p_rate int default null) returns jsonb
language sql volatile set search_path = dot, pg_temp
as $$
  select dot.fn_dlq_replay(p_request, p_rate)
$$;
comment on function dot.fn_job_dead_letter_replay(uuid, int) is 'fn_dlq_replay under the name that users have for it: carries a replay request out, with the rights of the caller.';
