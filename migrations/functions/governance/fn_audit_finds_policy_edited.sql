create or replace function dot.fn_audit_finds_policy_edited()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select 'policy_edited', a.policy_code || ' version ' || a.version, a.run_id, 'it is not what its proposal said'
    from dot.approval_policy a
   where (a.version > 1 or a.proposal_id is not null)
     and not exists (
       select 1 from dot.proposal p
        where p.proposal_id = a.proposal_id and p.proposal_kind = 'policy_change' and p.proposal_state = 'merged'
          and (p.proposed_action_jsonb ->> 'policy', p.proposed_action_jsonb -> 'factors', p.proposed_action_jsonb ->> 'level',
               coalesce((p.proposed_action_jsonb ->> 'deny_quorum')::int, 1), coalesce((p.proposed_action_jsonb ->> 'allow_self')::boolean, false),
               coalesce((p.proposed_action_jsonb ->> 'allow_agent')::boolean, false), (p.proposed_action_jsonb ->> 'approval_ttl')::interval,
               coalesce(p.proposed_action_jsonb ->> 'status', 'active'), coalesce((p.proposed_action_jsonb ->> 'signed')::boolean, false))
            = (a.policy_code, a.factors, a.level, a.deny_quorum, a.allow_self, a.allow_agent, a.approval_ttl, a.status, a.signed))
  union all
  select 'policy_edited', (p.outcome_jsonb ->> 'policy') || ' version ' || (p.outcome_jsonb ->> 'version'), p.applied_run_id, 'its proposal made it, and it is gone'
    from dot.proposal p
   where p.proposal_kind = 'policy_change' and p.proposal_state = 'merged'
     and not exists (
       select 1 from dot.approval_policy a
        where a.policy_code = p.outcome_jsonb ->> 'policy' and a.version = (p.outcome_jsonb ->> 'version')::int and a.proposal_id = p.proposal_id)
$$;
comment on function dot.fn_audit_finds_policy_edited() is
  'For fn_audit_objects: policy_edited, versions of policies that are not what their proposal said, or are gone.';
