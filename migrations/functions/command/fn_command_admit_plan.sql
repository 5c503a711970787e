create or replace function dot.fn_command_admit_plan(p_envelope jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
begin
  if p_envelope ->> 'plan_digest' is null or p_envelope -> 'plan' is null then
    return dot.fn_command_refusal('DT400', 'plan_missing', 'the envelope of a plan apply carries no plan');
  end if;
  if p_envelope -> 'plan_database' is distinct from dot.fn_command_database() then
    return dot.fn_command_refusal('DT409', 'plan_elsewhere', 'this plan was made for another database',
      'Make a plan here with --dry-run --plan-out FILE',
      jsonb_build_object('made_for', p_envelope -> 'plan_database', 'here', dot.fn_command_database()));
  end if;
  if (p_envelope ->> 'plan_expires_at')::timestamptz <= dot.fn_clock_now() then
    return dot.fn_command_refusal('DT410', 'plan_expired', format('this plan expired at %s', p_envelope ->> 'plan_expires_at'),
      'Make a new plan with --dry-run --plan-out FILE');
  end if;
  return null;
end
$$;
comment on function dot.fn_command_admit_plan(jsonb) is
  'Whether a plan may be applied here and now: made for this database, not expired. Null admits; else a refusal object.';
