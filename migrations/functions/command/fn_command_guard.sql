create or replace function dot.fn_command_guard(p_command text, p_args jsonb default '{}') returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_run     dot.dot_command_run;
  v_refusal jsonb;
  v_actor   record;
  v_id      uuid;
  v_open    boolean;
begin
  select * into v_run from dot.dot_command_run
   where run_id = dot.fn_run_current() and state = 'started';
  v_open := exists (select 1 from dot.dot_command_run_open o where o.run_id = v_run.run_id);
  if v_run.command_code = p_command then
    -- The run's own command was admitted when it began.
    if not v_open then
      update dot.dot_command_run set called = true where run_id = v_run.run_id and not called;
    end if;
    return null;
  end if;
  if v_open or v_run.mode = 'dry_run' then
    -- Another function within a run: it is admitted by its own command's rules, so that no command lends its rights to another.
    return dot.fn_command_admit(p_command, case v_run.mode when 'dry_run' then 'nested' else v_run.mode end);
  end if;
  perform dot.fn_command_current();
  -- Called straight from SQL: the same rules, and the audit row stands or falls with the effect.
  v_refusal := dot.fn_command_admit(p_command, 'sql');
  if v_refusal is null then
    v_refusal := dot.fn_command_within_budget(p_command, p_args);
  end if;
  if v_refusal is not null then
    return v_refusal;
  end if;
  v_id := dot.fn_uuid_v7();
  perform set_config('dot.run_id', v_id::text, true);
  v_actor := dot.fn_actor_current();
  if dot.fn_actor_budget(v_actor.actor_kind, 'rows_per_run') is not null then
    -- The budget is of all that the transaction does, and is looked at when it ends.
    set constraints dot.must_finish deferred;
  end if;
  -- It has a number when it commits, whatever the session checks earlier.
  set constraints dot.number deferred;
  insert into dot.dot_command_run (
    run_id, command_code, mode, state, risk, args, args_digest, actor, actor_kind, actor_verified, principal, reason,
    trace_id, correlation_id, entered_xid, finished_at)
  values (
    v_id, p_command, 'sql', 'succeeded', dot.fn_command_risk(p_command, p_args),
    p_args, encode(sha256(convert_to(p_args::text, 'UTF8')), 'hex'),
    v_actor.actor_id, v_actor.actor_kind, v_actor.verified, v_actor.principal, nullif(current_setting('dot.reason', true), ''),
    nullif(current_setting('dot.trace_id', true), ''), nullif(current_setting('dot.correlation_id', true), ''),
    pg_current_xact_id(), clock_timestamp());
  return null;
end
$$;
comment on function dot.fn_command_guard(text, jsonb) is
  'The first statement of every mutating function. Null: go on. Else a refusal object that the function returns at once. Within its own run it goes on; within another run of fn_command_perform it admits the nested command by its own gate, roles and risk; called straight from SQL it admits the caller as the pipeline would and writes an audit row for each call in the same transaction.';
