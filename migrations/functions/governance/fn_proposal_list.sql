create or replace function dot.fn_proposal_list(
  p_state text default null, p_kind text default null, p_proposer text default null, p_open boolean default false, p_after text default null, p_limit int default 100)
returns table (proposal uuid, title text, kind text, risk text, state text, proposer text, revision int, proposed_at timestamptz, expires_at timestamptz)
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
begin
  -- The conditions stand in the text, so that each list is served by its index.
  return query execute format(
    'select p.proposal_id, p.title, p.proposal_kind, p.risk, dot.fn_proposal_state(p.proposal_state, p.expires_at), p.proposer_id, p.revision,
            p.proposed_at, p.expires_at
       from dot.proposal p
      where true %s %s %s %s %s
      order by p.proposal_id desc limit $5',
    case when p_state = 'expired' then 'and p.proposal_state in (''draft'', ''submitted'', ''review'', ''approved'', ''rejected'') and p.expires_at <= dot.fn_clock_now()'
         when p_state is not null then 'and p.proposal_state = $1 and dot.fn_proposal_state(p.proposal_state, p.expires_at) = $1' end,
    case when p_open then 'and p.proposal_state in (''submitted'', ''review'', ''approved'') and p.expires_at > dot.fn_clock_now()' end,
    case when p_kind is not null then 'and p.proposal_kind = $2' end,
    case when p_proposer is not null then 'and p.proposer_id = $3' end,
    case when p_after is not null then 'and p.proposal_id < $4::uuid' end)
    using p_state, p_kind, p_proposer, p_after, p_limit;
end
$$;
comment on function dot.fn_proposal_list(text, text, text, boolean, text, int) is
  'Proposals, newest first, filtered; p_open leaves those that wait for a decision or to be applied. state is as it is now: open past its time is expired. p_after is the last proposal of the page before.';
