create or replace function dot.fn_policy_show(p_policy text) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_shown jsonb;
begin
  select to_jsonb(a) || jsonb_build_object('versions', (
           select jsonb_agg(jsonb_build_object('version', v.version, 'made_at', v.made_at, 'made_by', v.made_by, 'level', v.level, 'factors', v.factors,
                    'proposal', v.proposal_id, 'run', v.run_id) order by v.version)
             from dot.approval_policy v where v.policy_code = p_policy),
           'open_proposals', (
             select count(*) from dot.proposal p where p.policy_code = p_policy and p.proposal_state in ('submitted', 'review', 'approved')))
    into v_shown from dot.approval_policy a where a.policy_code = p_policy order by a.version desc limit 1;
  if v_shown is null then
    raise exception using errcode = 'DT404', message = format('there is no policy %s', p_policy), hint = 'See: dot policy list';
  end if;
  return v_shown;
end
$$;
comment on function dot.fn_policy_show(text) is 'One approval policy as it is in force, with all its versions and the proposals that made them. DT404 when there is none.';
