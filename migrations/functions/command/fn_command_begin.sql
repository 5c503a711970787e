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
  v_holder   text;
begin
  perform dot.fn_command_envelope_check(p_command, p_envelope);
  perform dot.fn_command_fresh();
  perform dot.fn_envelope_set(p_envelope);
  -- It sees to it that the login holds the lease of the job for which it says that it acts.
  v_actor := dot.fn_actor_current();
  v_holder := case when v_actor.verified then 'actor ' || v_actor.actor_id else 'login ' || session_user end;
  v_refusal := dot.fn_command_admit(p_command, v_mode, p_envelope ->> 'spec_digest', v_proposal);
  if v_refusal is null and v_mode in ('run', 'plan_apply')
    and exists (select 1 from dot.dot_command_catalog where command_code = p_command and mutating)
  then
    v_refusal := dot.fn_command_within_budget(p_command, p_args);
  end if;
  if v_refusal is null and v_mode = 'plan_apply' then
    v_refusal := dot.fn_command_admit_plan(p_envelope);
  end if;
  if v_refusal is null and v_proposal is not null then
    v_carried := dot.fn_command_hook_run('carried_begins', v_proposal, jsonb_build_object('command', p_command, 'mode', v_mode));
    v_refusal := v_carried -> 'refusal';
    -- What an approved run takes back is what was approved, whatever the caller says.
    v_undo := case when v_carried ? 'plan' then (v_carried ->> 'undo_of')::uuid else v_undo end;
  end if;
  v_refusal := coalesce(v_refusal, dot.fn_command_refusal_undo(p_command, p_args, p_envelope || jsonb_build_object('undo_of', v_undo)));
  if v_refusal is null then
    v_answer := dot.fn_command_unconfirmed(p_command, p_args, p_envelope);
    if v_answer is not null then
      -- A question to whoever asked, and no run yet.
      return v_answer;
    end if;
  end if;

  insert into dot.dot_command_run (
    run_id, command_code, mode, state, risk, args, args_digest, actor, actor_kind, actor_verified, principal, client, reason,
    trace_id, span_id, correlation_id, idempotency_key, plan_digest, plan, undo_of, finished_at, error, effects)
  select v_run, p_command, v_mode, case when v_refusal is null then 'started' else 'refused' end,
         dot.fn_command_risk(p_command, p_args),
         case when v_refusal is null then p_args else dot.fn_command_kept(p_args) end, v_digest, v_actor.actor_id, v_actor.actor_kind, v_actor.verified, v_actor.principal,
         coalesce(p_envelope -> 'client', '{}'), p_envelope ->> 'reason',
         p_envelope ->> 'trace_id', p_envelope ->> 'span_id', p_envelope ->> 'correlation_id', v_key, v_plan,
         case when v_refusal is null then coalesce(nullif(v_carried -> 'plan', 'null'), p_envelope -> 'plan') else dot.fn_command_kept(p_envelope -> 'plan') end, v_undo,
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
     where state = 'started' and (plan_digest = v_plan and mode = 'plan_apply' or undo_of = v_undo and mode in ('run', 'plan_apply') or idempotency_key = v_key and case when actor_verified then 'actor ' || actor else 'login ' || login end = v_holder)))) > 0
  then
    return dot.fn_command_refusal('DT503', 'try_again', 'the earlier run was abandoned', null, jsonb_build_object('in_flight', true));
  end if;
  -- Someone holds this key, this plan or this undo: say what became of it. The same request under its key is answered first.
  select * into v_earlier from dot.dot_command_run
   where idempotency_key = v_key and case when actor_verified then 'actor ' || actor else 'login ' || login end = v_holder and mode in ('run', 'plan_apply') and state in ('started', 'succeeded');
  v_answer := case when v_earlier.run_id is null then coalesce(dot.fn_command_refusal_plan_used(p_command, v_digest, v_plan), dot.fn_command_refusal_undone(v_undo)) end;
  v_answer := coalesce(v_answer, dot.fn_command_refusal_key(p_command, v_digest, v_earlier), v_refusal);
  if v_answer ? 'in_flight' then
    return v_answer;
  end if;
  if v_answer is not null then
    return dot.fn_command_record_refusal(p_command, p_args, p_envelope, v_answer);
  end if;
  return jsonb_build_object('replayed', true, 'run_id', v_earlier.run_id, 'outcome', v_earlier.outcome,
    'effects', v_earlier.effects, 'pair', v_earlier.pair);
end
$$;
comment on function dot.fn_command_begin(text, jsonb, jsonb) is
  'Commits the intent of a mutating run before its effect. Returns {run_id, performed: whether fn_command_perform carries it out, else fn_command_enter and fn_command_finish frame what the caller does; warnings where there are some} to go on, a refusal object (kept as a refused run, but for DT428 confirm, which asks whether to go on), or {replayed: true, run_id, outcome, effects, pair} for a finished run under the same idempotency key of the same actor (of the login, where nobody knows whose it is). p_envelope: {run_id, mode: run|dry_run|plan_apply, spec_digest, trace_id, span_id, correlation_id, actor, actor_kind, principal, client, reason, idempotency_key, plan_digest, plan, undo_of, proposal_id, protected, confirmed: the level of risk to which the caller has asked a person (fn_command_unconfirmed)}. DT400 for an envelope without run_id (version 7, made within the hour) or mode, for a key of a job that the run is not for, and for any key where each request is another one.';
