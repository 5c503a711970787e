create or replace function dot.fn_dlq_request_show(p_request uuid) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('request', r.request_id, 'state', r.state, 'letters', r.letters, 'replayed', r.replayed, 'kept', r.kept, 'waiting', r.letters - r.replayed - r.kept,
           'note', r.note, 'filter', r.filter, 'digest', r.digest, 'needs_approval', r.needs_approval, 'proposal', r.proposal_id, 'rate', r.rate,
           'requested_by', r.requested_by, 'requested_at', r.requested_at, 'started_at', r.started_at, 'finished_at', r.finished_at,
           'kept_because', (select coalesce(jsonb_object_agg(k.reason, k.n), '{}') from (
              select i.reason, count(*) as n from dot.dlq_replay_item i where i.request_id = r.request_id and i.state = 'kept' group by i.reason) k),
           'partial', r.state = 'done' and r.kept > 0)
    from dot.dlq_replay r where r.request_id = p_request
$$;
comment on function dot.fn_dlq_request_show(uuid) is
  'A replay request with its progress: {request, state, letters, replayed, kept, waiting, kept_because: {reason: n}, …}; partial says that it is done and has left some as they were. Null when there is none.';
