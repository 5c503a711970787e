create or replace function dot.fn_dlq_replay_lock(p_payload jsonb) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  perform 1 from dot.dlq_replay where request_id = (p_payload ->> 'request_id')::uuid for update;
  perform 1 from dot.job_dead_letter l join dot.dlq_replay_item i using (dead_letter_id)
   where i.request_id = (p_payload ->> 'request_id')::uuid order by l.dead_letter_id for update of l;
end
$$;
comment on function dot.fn_dlq_replay_lock(jsonb) is 'Holds a replay request and its dead letters still until the end of the transaction.';
