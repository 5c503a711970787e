create or replace function dot.fn_policy_change_apply(p_payload jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_version int;
begin
  insert into dot.approval_policy (
    policy_code, version, proposal_kind, risk, factors, deny_quorum, allow_self, allow_agent, approval_ttl, level, signed, summary, status,
    proposal_id, run_id, made_at, made_by)
  select p_payload ->> 'policy', 1 + coalesce((select max(a.version) from dot.approval_policy a where a.policy_code = p_payload ->> 'policy'), 0),
         p_payload ->> 'kind', p_payload ->> 'risk', p_payload -> 'factors', coalesce((p_payload ->> 'deny_quorum')::int, 1),
         coalesce((p_payload ->> 'allow_self')::boolean, false), coalesce((p_payload ->> 'allow_agent')::boolean, false),
         (p_payload ->> 'approval_ttl')::interval, p_payload ->> 'level', coalesce((p_payload ->> 'signed')::boolean, false), p_payload ->> 'summary', coalesce(p_payload ->> 'status', 'active'),
         dot.fn_proposal_current(), dot.fn_run_current(), dot.fn_clock_now(), (dot.fn_actor_current()).actor_id
  returning version into v_version;
  return jsonb_build_object('policy', p_payload ->> 'policy', 'version', v_version);
end
$$;
comment on function dot.fn_policy_change_apply(jsonb) is
  'Writes the next version of a policy, for the proposal that fn_proposal_apply is carrying out. Returns {policy, version}.';
