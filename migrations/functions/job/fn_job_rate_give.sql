create or replace function dot.fn_job_rate_give(p_queue_id smallint, p_tokens int) returns void
language sql volatile security definer set search_path = dot, pg_temp
as $$
  update dot.queue_rate set tokens = tokens + p_tokens where queue_id = p_queue_id
$$;
comment on function dot.fn_job_rate_give(smallint, int) is 'Gives starts back that fn_job_rate_take took in this transaction and no job was there for.';
