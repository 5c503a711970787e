create or replace function dot.fn_dlq_replay_begin(p_request uuid) returns void
language sql volatile security definer set search_path = dot, pg_temp
as $$
  update dot.dlq_replay
     set state = 'running', started_at = clock_timestamp(), paced_at = clock_timestamp(), replay_run_id = dot.fn_run_current()
   where request_id = p_request and state = 'requested'
$$;
comment on function dot.fn_dlq_replay_begin(uuid) is 'Sets a requested replay running; the caller has judged that it may.';
