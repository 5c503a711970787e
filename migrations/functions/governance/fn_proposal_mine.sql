create or replace function dot.fn_proposal_mine(p_proposal uuid) returns boolean
language sql stable security definer set search_path = dot, pg_temp
as $$
  -- People have what was proposed for them; an agent what it has proposed itself.
  select exists (
    select 1 from dot.proposal p, dot.fn_actor_current() a
     where p.proposal_id = p_proposal
       -- Within a job the worker has its own of whom it works for, not of all it ever worked for.
       and (a.actor_id = p.proposer_id and a.verified = p.proposer_verified and (dot.fn_login_itself() or a.principal is not distinct from p.proposer_principal)
         or a.actor_kind = 'human' and dot.fn_actor_unknown() is null
           and dot.fn_principal_of(a.actor_id, a.principal) = dot.fn_principal_of(p.proposer_id, p.proposer_principal)))
$$;
comment on function dot.fn_proposal_mine(uuid) is
  'Whether the current actor has made a proposal, or is a person for whom it was made. It does not change: it can be asked before any lock.';
