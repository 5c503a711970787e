create or replace function dot.fn_dlq_replay_check(p_proposal uuid) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('ok', r.state <> 'requested' and c.ok, 'request', r.request_id,
           'problem', case when r.state = 'requested' then 'the replay has not begun' when not c.ok then 'what was replayed is not what stands' end)
    from dot.dlq_replay r
   cross join lateral (select (dot.fn_dlq_check(r.request_id) ->> 'ok')::boolean as ok) c
   where r.proposal_id = p_proposal
$$;
comment on function dot.fn_dlq_replay_check(uuid) is 'Whether the replay that an applied proposal was for has begun, and is what fn_dlq_check wants it to be: {ok, request, problem}.';
