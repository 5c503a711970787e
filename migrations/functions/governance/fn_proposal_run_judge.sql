create or replace function dot.fn_proposal_run_judge() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_proposal dot.proposal;
  v_judged   jsonb;
  v_refusal  jsonb;
  v_id       uuid := (case tg_op when 'INSERT' then current_setting('dot.proposal_id') else new.effects ->> 'proposal' end)::uuid;
begin
  if tg_op = 'INSERT' then
    if new.mode not in ('run', 'plan_apply', 'dry_run') then
      return new;
    end if;
    new.effects := coalesce(new.effects, '{}') || jsonb_build_object('proposal', v_id);
  end if;
  -- That command judges the proposal itself.
  if new.command_code = any (dot.fn_command_with('apply_proposal')) then
    return new;
  end if;
  if tg_op = 'UPDATE' and new.effects ->> 'proposal' is distinct from old.effects ->> 'proposal' then
    raise exception using errcode = 'DT409', message = 'a run keeps the proposal it began with', hint = 'Begin another run.';
  end if;
  -- A rehearsal cannot be committed; and what is refused or failed has no effect.
  if new.mode = 'dry_run' or new.state not in ('started', 'succeeded') then
    return new;
  end if;
  if tg_op = 'UPDATE' and old.state = 'started' and new.state = 'succeeded' then
    if new.effects ->> 'proposal_xid' is distinct from pg_current_xact_id()::text then
      raise exception using errcode = 'DT409', message = format('proposal %s was not judged in this transaction', v_id),
        hint = 'Call fn_command_enter first, in the same transaction.';
    end if;
    perform dot.fn_proposal_merge(v_id, new.run_id, new.outcome,
      array(select jsonb_array_elements_text(new.effects -> 'decisions')::uuid), new.effects ->> 'without_quorum');
    return new;
  end if;
  if tg_op = 'UPDATE' and new.entered_xid is not distinct from old.entered_xid then
    return new;
  end if;

  -- When the run begins, and again in the transaction of its effect, before it.
  select * into v_proposal from dot.proposal where proposal_id = v_id;
  v_refusal := case
    when v_proposal.proposal_id is null then dot.fn_command_refusal('DT404', 'no_proposal', format('there is no proposal %s', v_id), 'dot proposal list')
    when v_proposal.proposal_kind <> 'command_run' or v_proposal.proposed_action_jsonb ->> 'command' <> new.command_code
      then dot.fn_command_refusal('DT428', 'proposal_mismatch', format('proposal %s is not for %s', v_id, new.command_code),
        'dot proposal show ' || v_id)
    when new.mode <> 'plan_apply' then dot.fn_command_refusal('DT428', 'plan_missing', 'a proposed command is applied as its plan only',
        'dot proposal apply ' || v_id) end;
  -- Judged once, where the judgement binds: in the transaction of the effect, under its locks.
  if v_refusal is null and tg_op = 'UPDATE' then
    v_judged := dot.fn_proposal_claim(v_id);
    v_refusal := nullif(v_judged -> 'refusal', 'null');
  end if;
  if tg_op = 'INSERT' then
    if v_refusal is not null then
      new.state := 'refused';
      new.error := v_refusal;
      new.finished_at := clock_timestamp();
    end if;
    -- What was approved is what is measured against, whatever the caller sent.
    new.plan := v_proposal.proposed_action_jsonb -> 'plan';
    return new;
  end if;
  if v_refusal is not null then
    raise exception using errcode = v_refusal ->> 'code', message = v_refusal ->> 'message', detail = v_refusal::text, hint = v_refusal ->> 'hint';
  end if;
  new.effects := new.effects || jsonb_build_object('proposal_xid', pg_current_xact_id()::text, 'decisions', v_judged -> 'decisions')
    || jsonb_strip_nulls(jsonb_build_object('without_quorum', v_judged ->> 'excused'));
  return new;
end
$$;
comment on function dot.fn_proposal_run_judge() is
  'Binds a run that carries a proposal to it, whoever makes the run: refuses it at its beginning (as data) unless the proposal is one of kind command_run for this command, and when it enters the transaction of its effect (as an error) unless the proposal may be applied; measures it against the approved plan; and marks the proposal merged in the transaction in which the run succeeds.';
create or replace trigger proposal_carried before insert on dot.dot_command_run
  for each row when (coalesce(current_setting('dot.proposal_id', true), '') <> '')
  execute function dot.fn_proposal_run_judge();
create or replace trigger proposal before update on dot.dot_command_run
  for each row when (new.effects ->> 'proposal' is not null)
  execute function dot.fn_proposal_run_judge();
alter table dot.dot_command_run enable always trigger proposal_carried, enable always trigger proposal;
