create or replace function dot.fn_proposal_withdrawable(p_proposal uuid) returns boolean
language sql stable security definer set search_path = dot, pg_temp
as $$
  -- Nobody else is left who could where its proposer may do nothing any more.
  select dot.fn_proposal_mine(p_proposal)
    or dot.fn_role_held(session_user, 'dot_admin') and (dot.fn_actor_current()).actor_kind = 'human' and dot.fn_actor_decides() is null
       and exists (select 1 from dot.proposal p join dot.dot_actor a on a.actor_id = p.proposer_id
                    where p.proposal_id = p_proposal and p.proposer_verified and a.status <> 'active')
$$;
comment on function dot.fn_proposal_withdrawable(uuid) is
  'Whether the current actor may withdraw a proposal: it is their own (fn_proposal_mine), or its proposer is disabled and they are a person who administers. False where there is none. It takes no lock.';
