create or replace function dot.fn_policy_resolve(p_kind text, p_risk text) returns dot.approval_policy
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_policy dot.approval_policy;
begin
  select a.* into v_policy
    from (select distinct on (policy_code) * from dot.approval_policy order by policy_code, version desc) a
   where a.status = 'active' and (a.proposal_kind = p_kind or (a.proposal_kind is null and p_kind <> 'policy_change'))
     and (a.risk = p_risk or a.risk is null)
   order by a.proposal_kind is null, a.risk is null, a.policy_code
   limit 1;
  if not found then
    raise exception using errcode = 'DT500', message = format('no approval policy covers %s of %s risk', p_kind, p_risk),
      hint = 'dot catalog sync brings the first policies; later ones come from proposals of kind policy_change.';
  end if;
  return v_policy;
end
$$;
comment on function dot.fn_policy_resolve(text, text) is
  'The policy in force for proposals of a kind and risk: of the latest versions the most specific, kind before risk. Policy changes have their own only. DT500 where none covers it.';
