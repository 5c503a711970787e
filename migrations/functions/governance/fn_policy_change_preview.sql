create or replace function dot.fn_policy_change_preview(p_payload jsonb) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('policy', p_payload -> 'policy', 'version', coalesce(max(a.version), 0) + 1,
           'from', (select jsonb_build_object('kind', n.proposal_kind, 'risk', n.risk, 'factors', n.factors, 'deny_quorum', n.deny_quorum, 'allow_self', n.allow_self, 'allow_agent', n.allow_agent,
                       'approval_ttl', n.approval_ttl, 'level', n.level, 'signed', n.signed, 'status', n.status)
                      from dot.approval_policy n where n.policy_code = p_payload ->> 'policy' order by n.version desc limit 1),
           'to', p_payload - 'policy')
    from dot.approval_policy a where a.policy_code = p_payload ->> 'policy'
$$;
comment on function dot.fn_policy_change_preview(jsonb) is 'The version in force of a policy, and the one that would be: {policy, version, from, to}.';
