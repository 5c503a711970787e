create or replace function dot.fn_audit_finds_proposal_edited()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select 'proposal_edited', p.proposal_id::text, p.run_id, 'its payload or base is not what its digests say'
    from dot.proposal p
   where p.payload_digest <> dot.fn_proposal_digest(p.proposed_action_jsonb) or p.base_digest <> dot.fn_proposal_digest(p.base_jsonb)
  union all
  select 'proposal_edited', p.proposal_id::text, p.run_id, format('it is not its revision %s', p.revision)
    from dot.proposal p
   where not exists (
     select 1 from dot.proposal_revision v
      where (v.proposal_id, v.revision, v.payload_digest, v.base_digest) = (p.proposal_id, p.revision, p.payload_digest, p.base_digest)
        and v.payload_digest = dot.fn_proposal_digest(v.payload) and v.base_digest = dot.fn_proposal_digest(v.base))
  union all
  select 'proposal_edited', p.proposal_id::text, p.applied_run_id, 'no run that succeeded applied it'
    from dot.proposal p
   where p.proposal_state = 'merged' and not exists (select 1 from dot.dot_command_run r where r.run_id = p.applied_run_id and r.state = 'succeeded')
$$;
comment on function dot.fn_audit_finds_proposal_edited() is
  'For fn_audit_objects: proposal_edited, proposals that are not what their digests, their revision or the run that applied them say.';
