create or replace function dot.fn_command_finish(p_run_id uuid, p_outcome jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_run     dot.dot_command_run;
  v_builtin boolean;
  -- Measured from the start of the transaction, for some alter the table of runs before they can enter theirs.
  v_done    jsonb := jsonb_build_object('data', p_outcome, 'effects', dot.fn_command_measure(null), 'warnings', coalesce(dot.fn_command_warned() -> 'warnings', '[]'));
begin
  select * into v_run from dot.dot_command_run where run_id = p_run_id and state = 'started' and login = session_user and entered_xid = pg_current_xact_id();
  if not found then
    raise exception using errcode = 'DT409', message = format('run %s was not entered in this transaction', p_run_id),
      hint = 'Call fn_command_enter first, in the same transaction.';
  end if;
  select k.builtin is not null into v_builtin from dot.dot_command_catalog k where k.command_code = v_run.command_code;
  if coalesce(v_builtin, true) and not v_run.called and not dot.fn_owner_trusted(to_regrole(quote_ident(session_user))) then
    raise exception using errcode = 'DT409', message = format('nothing that belongs to %s was done in this transaction', v_run.command_code),
      hint = 'A run is finished by what it did, not by what is said of it.';
  end if;
  if v_run.mode = 'plan_apply' and v_run.plan - array['sequences_not_rolled_back', 'base_digest', 'rows_digest', 'code_digest'] is distinct from v_done -> 'effects' then
    perform dot.fn_command_drift(v_run.plan, v_done -> 'effects', '[]');
  end if;
  -- Where the catalogue is empty yet, nothing else can have been done.
  if v_run.command_code = any (dot.fn_command_with('alter_schema')) or dot.fn_command_with('alter_schema') = '{}' then
    if to_regclass('dot.command_hook') is not null and dot.fn_command_hooked('schema_altered') is not null then
      perform dot.fn_command_hook_run('schema_altered', p_run_id, '{}');
    end if;
  end if;
  perform dot.fn_command_spend(p_run_id, v_done -> 'effects');
  if v_run.mode = 'dry_run' then
    -- It stays unfinished, so that it cannot be committed; whatever a commit would find is found now.
    perform dot.fn_command_constraints();
  else
    -- Whatever was called meanwhile: what came of it is told by the caller here, and was not computed by the database.
    update dot.dot_command_run set effects = coalesce(effects, '{}') || '{"claimed": true}' where run_id = p_run_id;
    perform dot.fn_command_close(p_run_id, v_done);
  end if;
  return (v_done -> 'effects') || jsonb_build_object('warnings', v_done -> 'warnings');
end
$$;
comment on function dot.fn_command_finish(uuid, jsonb) is
  'Marks an entered run (fn_command_enter) succeeded in the transaction of its effect, with the caller''s word for its outcome, which its effects say (claimed), and returns the measured effects, with warnings. A dry run stays started: it cannot be committed, and every constraint that a commit would check is checked here. DT409 when the run was not entered in this transaction, and for what the program itself does where nothing of it was called and the login may not act as dot_owner. DT412 when a plan is applied and other effects are measured, DT429 beyond the row budget.';
