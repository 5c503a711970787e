create or replace function dot.fn_command_refusal_plan_used(p_command text, p_args_digest text, p_plan_digest text) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_run uuid;
begin
  select run_id into v_run from dot.dot_command_run
   where plan_digest = p_plan_digest and command_code = p_command and args_digest = p_args_digest and mode = 'plan_apply' and state in ('started', 'succeeded');
  if v_run is null then
    return null;
  end if;
  return dot.fn_command_refusal('DT409', 'plan_used', 'this plan has been applied already, or is being applied', 'Make a new plan with --dry-run --plan-out FILE',
    jsonb_build_object('run_id', v_run));
end
$$;
comment on function dot.fn_command_refusal_plan_used(text, text, text) is
  'The refusal of a plan that this command has been applied by with these arguments, or is being applied by. Null: it is unused.';
