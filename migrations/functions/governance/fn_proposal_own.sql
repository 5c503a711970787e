create or replace function dot.fn_proposal_own(p_proposal uuid) returns text[]
language sql stable security definer set search_path = dot, pg_temp
as $$
  select coalesce(array_agg(distinct o.who), '{}')
    from (
      select dot.fn_principals_since(p.proposer_id, p.proposer_principal, p.proposer_login, p.proposer_verified, p.proposed_at) as people
        from dot.proposal p where p.proposal_id = p_proposal
      union all
      select dot.fn_principals_since(r.editor_id, r.editor_principal, r.editor_login, r.editor_verified, p.proposed_at)
        from dot.proposal_revision r join dot.proposal p using (proposal_id) where r.proposal_id = p_proposal) e
   cross join unnest(e.people) o(who)
$$;
comment on function dot.fn_proposal_own(uuid) is
  'Everyone whose own a proposal is: whoever its proposer and each editor of it were or counted as at any time since it was made. See fn_principals_since.';
