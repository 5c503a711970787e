create or replace function dot.fn_dlq_requests(p_done boolean default false)
returns table (request uuid, state text, letters int, replayed int, kept int, needs_approval boolean, proposal uuid, requested_by text, requested_at timestamptz, note text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select r.request_id, r.state, r.letters, r.replayed, r.kept, r.needs_approval, r.proposal_id, r.requested_by, r.requested_at, r.note
    from dot.dlq_replay r where p_done or r.state <> 'done' order by r.request_id desc
$$;
comment on function dot.fn_dlq_requests(boolean) is 'Replay requests that are open, or all of them, newest first.';
