create or replace function dot.fn_proposal_run_succeeds(p_proposal uuid, p_run jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_carried dot.dot_command_run_proposal;
  v_run     dot.dot_command_run;
begin
  select * into strict v_run from dot.dot_command_run where run_id = (p_run ->> 'run_id')::uuid;
  if v_run.command_code = any (dot.fn_command_with('apply_proposal')) then
    return null;
  end if;
  select * into v_carried from dot.dot_command_run_proposal where run_id = v_run.run_id and judged_xid = pg_current_xact_id();
  if not found then
    raise exception using errcode = 'DT409', message = format('proposal %s was not judged in this transaction', p_proposal),
      hint = 'Begin another run.';
  end if;
  perform dot.fn_proposal_merge(p_proposal, v_run.run_id, p_run -> 'outcome', v_carried.decisions, v_carried.without_quorum);
  return null;
end
$$;
comment on function dot.fn_proposal_run_succeeds(uuid, jsonb) is
  'Answers the hook carried_succeeds for a run {run_id, outcome}: marks the proposal merged in the transaction in which the run succeeds. DT409 unless it was judged in this very transaction.';
