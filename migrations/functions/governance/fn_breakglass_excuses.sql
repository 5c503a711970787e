create or replace function dot.fn_breakglass_excuses(p_command text, p_risk text) returns text
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_emergency uuid := dot.fn_breakglass_current(p_command);
  v_policy    dot.approval_policy;
begin
  if v_emergency is null then
    return 'Rehearse it with --dry-run, and propose it with --propose: once it is approved, proposal apply carries it out.';
  end if;
  if exists (select 1 from dot.proposal_kind k where k.command_code = p_command and k.status <> 'archived') then
    return format('It leaves a proposal behind even in an emergency: %s --propose, and open the emergency for ''proposal apply''.', p_command);
  end if;
  v_policy := dot.fn_policy_resolve('command_run', dot.fn_risk_here(p_risk));
  if v_policy.level = 'hard_mandatory' then
    return format('Its policy %s is hard_mandatory: no emergency does without the approvals. Propose it with --propose.', v_policy.policy_code);
  end if;
  perform dot.fn_command_warn(format('done without an approval, in emergency %s', v_emergency));
  return null;
end
$$;
comment on function dot.fn_breakglass_excuses(text, text) is
  'Whether an emergency of the session''s actor stands in for the approval that a command needs: null, and a warning, where one is open for it, its policy is not hard_mandatory, and it has no kind of proposals of its own, which an emergency for proposal apply applies. Else what to do instead.';
