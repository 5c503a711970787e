create or replace function dot.fn_iu_bundle_check(p_proposal uuid) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('ok', coalesce(c.now -> 'revision' > p.outcome_jsonb -> 'revision' or c.now -> 'units' = p.outcome_jsonb -> 'members', false),
           'proposal', p_proposal, 'bundle', p.outcome_jsonb -> 'collection', 'revision', c.now -> 'revision')
    from dot.proposal p cross join lateral (select dot.fn_iu_bundle_now(p.outcome_jsonb ->> 'collection') as now) c
   where p.proposal_id = p_proposal
$$;
comment on function dot.fn_iu_bundle_check(uuid) is
  'Whether a bundle is what a proposal made it, or a later revision: {ok, proposal, bundle, revision}.';
