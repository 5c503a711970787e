create or replace function dot.fn_command_finish(p_run_id uuid, p_outcome jsonb, p_base_digest text default null)
returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_run      dot.dot_command_run;
  v_effects  jsonb := dot.fn_command_measure();
  v_measured jsonb;
  v_plan     jsonb;
  -- What the run carries beside its effects.
  v_carried  jsonb;
  v_said     jsonb;
begin
  select * into v_run from dot.dot_command_run where run_id = p_run_id;
  v_effects := v_effects || jsonb_build_object('call_digest', v_run.effects -> 'call_digest', 'call', v_run.effects -> 'call')
    || case when v_run.effects ? 'rows_digest' then jsonb_build_object('rows_digest', v_run.effects -> 'rows_digest') else '{}' end;
  v_said := case when current_setting('dot.warnings', true) <> '' then dot.fn_command_warned() else '{}' end;
  -- What was said when it began, and what since.
  v_carried := coalesce(v_run.effects - 'call_digest', '{}')
    || case when v_said = '{}' then v_said else jsonb_build_object('warnings', coalesce(v_run.effects -> 'warnings', '[]') || (v_said -> 'warnings')) end;
  v_measured := v_effects - 'sequences_not_rolled_back' || jsonb_build_object('base_digest', p_base_digest);
  v_plan := v_run.plan - 'sequences_not_rolled_back';
  if v_run.mode = 'plan_apply' and v_plan is distinct from v_measured then
    raise exception using errcode = 'DT412', message = case when v_plan - 'rows_digest' = v_measured - 'rows_digest'
        then 'rows would get other values than the plan says; nothing was changed' else 'the data has moved since the plan was made; nothing was changed' end,
      detail = jsonb_build_object('planned', v_plan, 'measured', v_measured)::text,
      hint = 'Look at the difference, make a new plan with --dry-run --plan-out FILE, and apply that.';
  end if;
  if exists (
    select 1 from dot.dot_command_run r join dot.dot_command_catalog c using (command_code)
     where r.run_id = p_run_id and not r.called and c.pg_function not like '%.%' and r.entered_xid = pg_current_xact_id())
  then
    raise exception using errcode = 'DT409', message = format('the function of run %s was not called in this transaction', p_run_id),
      hint = 'A run is finished by what it did, not by what is said of it.';
  end if;
  perform dot.fn_command_spend(p_run_id, v_effects);
  if v_run.mode = 'dry_run' then
    -- It stays unfinished, so that it cannot be committed; whatever a commit would find is found now.
    perform dot.fn_command_constraints();
    update dot.dot_command_run set effects = v_effects || v_carried where run_id = p_run_id and state = 'started' and entered_xid = pg_current_xact_id();
  else
    update dot.dot_command_run
       set state = 'succeeded', finished_at = clock_timestamp(), outcome = p_outcome, effects = v_effects || v_carried
     where run_id = p_run_id and state = 'started' and entered_xid = pg_current_xact_id();
  end if;
  if not found then
    raise exception using errcode = 'DT409', message = format('run %s was not entered in this transaction', p_run_id),
      hint = 'Call fn_command_enter first, in the same transaction.';
  end if;
  return v_effects || v_said;
end
$$;
comment on function dot.fn_command_finish(uuid, jsonb, text) is
  'Marks the run succeeded in the transaction of its effect, and returns the measured effects, with the warnings of the transaction where there are some. A dry run stays started: it cannot be committed, and every constraint that a commit would check is checked here. When a plan is applied, DT412 unless the effects and the digest of the replaced rows (p_base_digest) equal the plan''s. DT429 when they are more than the row budget of the actor''s kind. DT409 when the run was not entered, or its function (of schema dot) not called, in this transaction.';
