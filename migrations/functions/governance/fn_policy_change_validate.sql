create or replace function dot.fn_policy_change_validate(p_payload jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_factor jsonb;
  v_now    jsonb;
  v_whole  jsonb;
  v_bare   text;
begin
  if p_payload ->> 'policy' !~ '^[a-z][a-z0-9_.]*$' or coalesce(p_payload ->> 'level', '') not in ('advisory', 'soft_mandatory', 'hard_mandatory')
    or coalesce(p_payload ->> 'risk', 'low') not in ('low', 'high', 'critical') or coalesce(p_payload ->> 'status', 'active') not in ('active', 'retired')
  then
    raise exception using errcode = 'DT400', message = 'the payload is not a valid policy', hint = 'level advisory, soft_mandatory or hard_mandatory; risk low, high or critical; status active or retired';
  end if;
  if p_payload ->> 'kind' is not null and not exists (select 1 from dot.proposal_kind k where k.kind_code = p_payload ->> 'kind') then
    raise exception using errcode = 'DT404', message = format('unknown proposal kind %s', p_payload ->> 'kind'), hint = 'See: dot proposal kinds';
  end if;
  if (p_payload ->> 'approval_ttl')::interval not between interval '1 minute' and interval '366 days' or jsonb_array_length(p_payload -> 'factors') > 8
    or (p_payload ->> 'level' <> 'advisory' and jsonb_array_length(p_payload -> 'factors') = 0) or coalesce((p_payload ->> 'deny_quorum')::int, 1) < 1
  then
    raise exception using errcode = 'DT400', message = 'approvals need a time to live of a minute to a year, and a mandatory policy one to eight factors', hint = '"approval_ttl": "7 days", "factors": [{"role": "dot_reviewer", "n": 1}]';
  end if;
  for v_factor in select f from jsonb_array_elements(p_payload -> 'factors') f loop
    if coalesce(v_factor ->> 'n', '') !~ '^[1-9][0-9]?$' or to_regrole(quote_ident(v_factor ->> 'role')) is null or v_factor ->> 'role' = 'dot_owner' then
      raise exception using errcode = 'DT400', message = format('invalid factor %s', v_factor), hint = 'A factor is {"role": a role that people hold, "n": 1 or more}.';
    end if;
  end loop;
  if p_payload ->> 'kind' = 'policy_change' and (p_payload ->> 'level' <> 'hard_mandatory' or coalesce(p_payload ->> 'allow_self', 'false') = 'true'
    or coalesce(p_payload ->> 'allow_agent', 'false') = 'true' or coalesce(p_payload ->> 'status', 'active') <> 'active' or p_payload ->> 'risk' is not null)
  then
    raise exception using errcode = 'DT400', message = 'changes of policies stay hard mandatory, and nobody approves their own', hint = 'Only the factors, the deny quorum, the time to live and whether approvals are signed can change in this policy.';
  end if;
  select to_jsonb(a) - 'run_id' - 'made_at' - 'made_by' into v_now
    from dot.approval_policy a where a.policy_code = p_payload ->> 'policy' order by a.version desc limit 1;
  if v_now ->> 'proposal_kind' = 'policy_change' and p_payload ->> 'kind' is distinct from 'policy_change' then
    raise exception using errcode = 'DT400', message = 'the policy of policy changes cannot become one for something else', hint = 'Give the new policy another name.';
  end if;
  -- What it is for stays as it is where nothing else is said.
  v_whole := jsonb_strip_nulls(jsonb_build_object('kind', v_now -> 'proposal_kind', 'risk', v_now -> 'risk', 'signed', v_now -> 'signed')) || p_payload;
  if v_now ->> 'status' = 'active' and (v_whole ->> 'status' = 'retired' or (v_whole -> 'kind', v_whole -> 'risk') is distinct from (nullif(v_now -> 'proposal_kind', 'null'), nullif(v_now -> 'risk', 'null')))
    and v_now ->> 'proposal_kind' is null
  then
    select r into v_bare from unnest(array['low', 'high', 'critical']) r
     where (v_now ->> 'risk' is null or v_now ->> 'risk' = r)
       and not (v_whole ->> 'status' is distinct from 'retired' and v_whole ->> 'kind' is null and coalesce(v_whole ->> 'risk', r) = r)
       and not exists (
         select 1 from (select distinct on (a.policy_code) * from dot.approval_policy a order by a.policy_code, a.version desc) a
          where a.policy_code <> p_payload ->> 'policy' and a.status = 'active' and a.proposal_kind is null and (a.risk is null or a.risk = r)) limit 1;
    if found then
      raise exception using errcode = 'DT400', message = format('nothing would cover proposals of %s risk any more', v_bare), hint = 'Make another policy for them first.';
    end if;
  end if;
  return jsonb_build_object('base', v_now, 'payload', v_whole, 'risk', 'critical', 'refs', jsonb_build_array(jsonb_build_object('policy', p_payload -> 'policy')));
end
$$;
comment on function dot.fn_policy_change_validate(jsonb) is
  'Whether a policy may become what the payload says {policy, kind?, risk?, factors, deny_quorum?, allow_self?, allow_agent?, approval_ttl, level, signed?, summary, status?}: {base: the version in force, payload: with the kind, risk and signed that it has, where none is named, risk: critical, refs}. DT400 for what is no policy or would weaken the policy of policy changes or leave a risk without any policy, DT404 for an unknown kind.';
