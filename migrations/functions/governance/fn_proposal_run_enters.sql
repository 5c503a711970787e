create or replace function dot.fn_proposal_run_enters(p_proposal uuid, p_run jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_run     dot.dot_command_run;
  v_judged  jsonb;
  v_refusal jsonb;
begin
  select * into strict v_run from dot.dot_command_run where run_id = (p_run ->> 'run_id')::uuid;
  if v_run.mode = 'dry_run' or v_run.command_code = any (dot.fn_command_with('apply_proposal')) then
    return null;
  end if;
  v_refusal := dot.fn_proposal_run_begins(p_proposal, jsonb_build_object('command', v_run.command_code, 'mode', v_run.mode)) -> 'refusal';
  if v_refusal is null then
    -- Judged once, where the judgement binds: under the locks of the effect.
    v_judged := dot.fn_proposal_claim(p_proposal);
    v_refusal := nullif(v_judged -> 'refusal', 'null');
  end if;
  if v_refusal is not null then
    raise exception using errcode = v_refusal ->> 'code', message = v_refusal ->> 'message', detail = v_refusal::text, hint = v_refusal ->> 'hint';
  end if;
  update dot.dot_command_run_proposal
     set judged_xid = pg_current_xact_id(), decisions = array(select jsonb_array_elements_text(v_judged -> 'decisions')::uuid), without_quorum = v_judged ->> 'excused'
   where run_id = v_run.run_id;
  perform dot.fn_review_seal(v_run.run_id, array(select jsonb_array_elements_text(v_judged -> 'decisions')::uuid));
  return null;
end
$$;
comment on function dot.fn_proposal_run_enters(uuid, jsonb) is
  'Answers the hook carried_enters for a run {run_id}: locks and judges the proposal that it carries, and keeps on which decisions; raises the refusal where it may not be applied. Rehearsals, and the command that judges proposals itself, pass.';
