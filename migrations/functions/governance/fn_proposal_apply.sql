create or replace function dot.fn_proposal_apply(p_proposal uuid) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused  jsonb := dot.fn_command_guard('proposal apply', jsonb_build_object('proposal', p_proposal));
  v_run      uuid := dot.fn_run_current();
  v_proposal dot.proposal;
  v_kind     dot.proposal_kind;
  v_apply    regprocedure;
  v_outcome  jsonb;
  v_judged   jsonb;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if exists (select 1 from dot.workflow_change_requests w where w.change_request_id = p_proposal) then
    return dot.fn_command_answer('proposal apply', dot.fn_command_refusal('DT409', 'kind_not_live', 'workflow change requests cannot be carried out yet', null, jsonb_build_object('proposal', p_proposal)));
  end if;
  -- First without a lock: who cannot apply it holds nobody up. Then again, when nothing of it can change any more.
  for v_locked in 0 .. 1 loop
    v_judged := case v_locked when 0 then dot.fn_proposal_judge(p_proposal) else dot.fn_proposal_claim(p_proposal) end;
    -- A rehearsal cannot be committed, so it needs no approval; everything else must be as it has to be.
    if v_judged -> 'refusal' <> 'null' and not (
      v_judged #>> '{refusal,reason}' in ('approval_missing', 'proposal_denied', 'proposal_draft')
      and exists (select 1 from dot.dot_command_run r where r.run_id = v_run and r.mode = 'dry_run' and r.command_code = any (dot.fn_command_with('apply_proposal', 'apply_entry')) and r.entered_xid = pg_current_xact_id()))
    then
      return dot.fn_command_answer('proposal apply', v_judged -> 'refusal');
    end if;
  end loop;
  select * into v_proposal from dot.proposal where proposal_id = p_proposal;
  select * into v_kind from dot.proposal_kind where kind_code = v_proposal.proposal_kind;
  v_apply := dot.fn_proposal_function(v_kind.apply_function);
  if v_kind.kind_code = 'command_run' then
    return dot.fn_command_answer('proposal apply', dot.fn_command_refusal('DT409', 'plan_missing', 'a proposed command is applied by a run of it that carries the proposal',
      format('The client makes it: dot proposal apply %s', p_proposal), jsonb_build_object('proposal', p_proposal)));
  end if;
  if v_apply is null then
    return dot.fn_command_answer('proposal apply', dot.fn_command_refusal('DT409', 'kind_not_live', format('proposals of kind %s have no apply function yet', v_kind.kind_code),
      'It stays as it is, approved, until they have one.', jsonb_build_object('proposal', p_proposal, 'kind', v_kind.kind_code)));
  end if;
  -- The apply function may name the proposal in what it writes.
  perform dot.fn_context_put('applies', p_proposal::text);
  execute format('select %s($1)', v_apply::regproc) into v_outcome using v_proposal.proposed_action_jsonb;
  perform set_config('dot.applies', '', true);
  if v_outcome ->> 'refused' = 'true' then
    return dot.fn_command_answer('proposal apply', v_outcome);
  end if;
  perform dot.fn_review_seal(v_run, array(select jsonb_array_elements_text(v_judged -> 'decisions')::uuid));
  perform dot.fn_proposal_merge(p_proposal, v_run, v_outcome,
    array(select jsonb_array_elements_text(v_judged -> 'decisions')::uuid), v_judged ->> 'excused');
  return dot.fn_command_answer('proposal apply', coalesce(v_outcome, '{}') || jsonb_build_object('proposal', p_proposal, 'kind', v_kind.kind_code));
end
$$;
comment on function dot.fn_proposal_apply(uuid) is
  'Carries out an approved proposal, once: locks it and what it would change, judges it on exactly that, calls the apply function of its kind and marks it merged, all in this transaction. Returns what the apply function returns, with proposal and kind. Refusals: those of fn_proposal_judge, and kind_not_live (DT409) where the kind has no apply function yet. DT404 when there is none. Proposals of kind command_run are applied by a run of their command that carries them.';
