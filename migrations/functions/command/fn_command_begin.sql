create or replace function dot.fn_command_begin(p_command text, p_args jsonb, p_envelope jsonb)
returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_run      uuid := (p_envelope ->> 'run_id')::uuid;
  v_mode     text := p_envelope ->> 'mode';
  v_key      text := p_envelope ->> 'idempotency_key';
  v_digest   text := encode(sha256(convert_to(p_args::text, 'UTF8')), 'hex');
  v_plan     text := p_envelope ->> 'plan_digest';
  v_undo     uuid := (p_envelope ->> 'undo_of')::uuid;
  v_proposal uuid := (p_envelope ->> 'proposal_id')::uuid;
  v_refusal  jsonb;
  v_answer   jsonb;
  v_carried  jsonb := jsonb_build_object();
  v_earlier  dot.dot_command_run;
  v_actor    record;
begin
  if v_run is null or v_mode is null or v_mode not in ('run', 'dry_run', 'plan_apply') then
    raise exception using errcode = 'DT400', message = 'the envelope needs run_id and mode run, dry_run or plan_apply';
  end if;
  -- An id says when it was made, by which runs are kept in order.
  if substr(v_run::text, 15, 1) <> '7' or abs(extract(epoch from clock_timestamp()) - ('x' || left(translate(v_run::text, '-', ''), 12))::bit(48)::bigint / 1000.0) > 3600 then
    raise exception using errcode = 'DT400', message = format('%s is not the id of a run that begins now', v_run), hint = 'A version 7 UUID, made within the hour. Is the clock of the client right?';
  end if;
  perform dot.fn_command_fresh();
  perform dot.fn_envelope_set(p_envelope);
  -- It sees to it that the login holds the lease of the job for which it says that it acts.
  v_actor := dot.fn_actor_current();
  if v_key like 'job:%' and v_key is distinct from 'job:' || (p_envelope ->> 'for_job') then
    raise exception using errcode = 'DT400', message = format('%s is a key of a job', v_key), hint = 'Use a key that does not begin with job:';
  end if;
  if v_key is not null and exists (select 1 from dot.dot_command_catalog k where k.command_code = p_command and k.idempotency = 'none') then
    raise exception using errcode = 'DT400', message = format('each %s is another one: it takes no idempotency key', p_command),
      hint = (select k.spec ->> 'idempotency_reason' from dot.dot_command_catalog k where k.command_code = p_command);
  end if;
  v_refusal := dot.fn_command_admit(p_command, v_mode, p_envelope ->> 'spec_digest', v_proposal);
  if v_refusal is null and v_mode in ('run', 'plan_apply')
    and exists (select 1 from dot.dot_command_catalog where command_code = p_command and mutating)
  then
    v_refusal := dot.fn_command_budget(p_command);
  end if;
  if v_refusal is null and v_undo is not null and not exists (
    select 1 from dot.dot_command_run r join dot.dot_command_catalog k using (command_code)
     where r.run_id = v_undo and r.state = 'succeeded' and k.inverse_command = p_command
       and not exists (
         select 1 from jsonb_each(r.outcome -> 'inverse') i
          where jsonb_typeof(i.value) = 'string' and i.value #>> '{}' is distinct from p_args ->> replace(i.key, '_', '-')))
  then
    v_refusal := dot.fn_command_refusal('DT409', 'no_undo', format('this does not take run %s back', v_undo), format('dot run undo %s', v_undo));
  end if;
  -- What people approved is taken back by as many.
  if v_refusal is null and v_undo is not null and v_proposal is null and v_mode <> 'dry_run' and dot.fn_command_run_proposal(v_undo) is not null then
    v_refusal := dot.fn_command_refusal('DT428', 'approval_required', format('run %s was done under an approved proposal, and so is taking it back', v_undo),
      format('dot run undo %s --propose', v_undo));
  end if;
  if v_refusal is null and v_mode = 'plan_apply' then
    v_refusal := dot.fn_command_admit_plan(p_envelope);
  end if;
  if v_refusal is null and v_proposal is not null then
    v_carried := dot.fn_command_hook_run('carried_begins', v_proposal, jsonb_build_object('command', p_command, 'mode', v_mode));
    v_refusal := v_carried -> 'refusal';
  end if;

  insert into dot.dot_command_run (
    run_id, command_code, mode, state, risk, args, args_digest, actor, actor_kind, actor_verified, principal, client, reason,
    trace_id, span_id, correlation_id, idempotency_key, plan_digest, plan, undo_of, finished_at, error, effects)
  select v_run, p_command, v_mode, case when v_refusal is null then 'started' else 'refused' end,
         (select risk from dot.dot_command_catalog where command_code = p_command),
         p_args, v_digest, v_actor.actor_id, v_actor.actor_kind, v_actor.verified, v_actor.principal,
         coalesce(p_envelope -> 'client', '{}'), p_envelope ->> 'reason',
         p_envelope ->> 'trace_id', p_envelope ->> 'span_id', p_envelope ->> 'correlation_id', v_key, v_plan,
         coalesce(nullif(v_carried -> 'plan', 'null'), p_envelope -> 'plan'), v_undo,
         case when v_refusal is not null then clock_timestamp() end, v_refusal,
         case when current_setting('dot.warnings', true) <> '' then dot.fn_command_warned() end
  on conflict do nothing
  returning error into v_answer;
  if found then
    if v_proposal is not null then
      insert into dot.dot_command_run_proposal (run_id, proposal_id) values (v_run, v_proposal);
    end if;
    return coalesce(v_answer, jsonb_build_object('run_id', v_run, 'performed', exists (
        select 1 from dot.dot_command_catalog k
         where k.command_code = p_command and k.status <> 'retired' and k.spec_digest = coalesce(p_envelope ->> 'spec_digest', k.spec_digest) and dot.fn_command_function(p_command) is not null))
      || case when current_setting('dot.warnings', true) <> '' then dot.fn_command_warned() else '{}' end);
  end if;

  -- A holder whose backend is gone holds nothing.
  if cardinality(dot.fn_run_abandon(array(
    select run_id from dot.dot_command_run
     where state = 'started' and (plan_digest = v_plan and mode = 'plan_apply' or undo_of = v_undo and mode in ('run', 'plan_apply') or idempotency_key = v_key and login = session_user)))) > 0
  then
    return dot.fn_command_refusal('DT503', 'try_again', 'the earlier run was abandoned', null, jsonb_build_object('in_flight', true));
  end if;
  -- Someone holds this plan, this undo or this idempotency key: say what became of it.
  if v_plan is not null and exists (
    select 1 from dot.dot_command_run where plan_digest = v_plan and command_code = p_command and args_digest = v_digest and mode = 'plan_apply' and state in ('started', 'succeeded'))
  then
    return dot.fn_command_record_refusal(p_command, p_args, p_envelope, dot.fn_command_refusal('DT409', 'plan_used',
      'this plan has been applied already, or is being applied', 'Make a new plan with --dry-run --plan-out FILE',
      jsonb_build_object('run_id', (select run_id from dot.dot_command_run
        where plan_digest = v_plan and command_code = p_command and args_digest = v_digest and mode = 'plan_apply' and state in ('started', 'succeeded')))));
  end if;
  if v_undo is not null and exists (
    select 1 from dot.dot_command_run where undo_of = v_undo and mode = 'run' and state in ('started', 'succeeded'))
  then
    return dot.fn_command_record_refusal(p_command, p_args, p_envelope, dot.fn_command_refusal('DT409', 'already_undone',
      format('run %s has been undone already, or is being undone', v_undo), 'dot run list shows by which run'));
  end if;
  select * into v_earlier from dot.dot_command_run
   where idempotency_key = v_key and login = session_user and mode in ('run', 'plan_apply') and state in ('started', 'succeeded');
  if not found then
    -- The holder failed between our insert and our look: the caller tries again.
    return dot.fn_command_refusal('DT503', 'try_again', 'the earlier run under this key has just ended', null,
      jsonb_build_object('in_flight', true));
  end if;
  if v_earlier.command_code <> p_command or v_earlier.args_digest <> v_digest then
    return dot.fn_command_record_refusal(p_command, p_args, p_envelope, dot.fn_command_refusal('DT409', 'idempotency_conflict',
      format('idempotency key %s was used for %s with other arguments', v_key, v_earlier.command_code),
      'Use a new key for a new request', jsonb_build_object('run_id', v_earlier.run_id)));
  end if;
  if v_earlier.state = 'started' then
    return dot.fn_command_refusal('DT202', 'in_flight', format('run %s under this key is still going on', v_earlier.run_id),
      format('dot run watch %s', v_earlier.run_id), jsonb_build_object('in_flight', true, 'run_id', v_earlier.run_id));
  end if;
  if v_refusal is not null then
    return dot.fn_command_record_refusal(p_command, p_args, p_envelope, v_refusal);
  end if;
  return jsonb_build_object('replayed', true, 'run_id', v_earlier.run_id, 'outcome', v_earlier.outcome,
    'effects', v_earlier.effects, 'pair', v_earlier.pair);
end
$$;
comment on function dot.fn_command_begin(text, jsonb, jsonb) is
  'Commits the intent of a mutating run before its effect. Returns {run_id, performed: whether fn_command_perform carries it out, else fn_command_enter and fn_command_finish frame what the caller does; warnings where there are some} to go on, a refusal object (kept as a refused run), or {replayed: true, run_id, outcome, effects, pair} for a finished run under the same idempotency key. p_envelope: {run_id, mode: run|dry_run|plan_apply, spec_digest, trace_id, span_id, correlation_id, actor, actor_kind, principal, client, reason, idempotency_key, plan_digest, plan, undo_of, proposal_id, protected}. DT400 for an envelope without run_id (version 7, made within the hour) or mode, for a key of a job that the run is not for, and for any key where each request is another one.';
