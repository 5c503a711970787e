create or replace function dot.fn_command_close(p_run_id uuid, p_done jsonb) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_proposal uuid := dot.fn_command_run_proposal(p_run_id);
begin
  -- Before the run has ended, for what it changes is its own.
  if v_proposal is not null and not p_done ? 'refusal'
    and exists (select 1 from dot.dot_command_run where run_id = p_run_id and state = 'started' and mode <> 'dry_run' and entered_xid = pg_current_xact_id())
  then
    perform dot.fn_command_hook_run('carried_succeeds', v_proposal, jsonb_build_object('run_id', p_run_id, 'outcome', p_done -> 'data'));
  end if;
  update dot.dot_command_run
     set state = case when p_done ? 'refusal' then 'refused' when mode = 'dry_run' then 'rehearsed' else 'succeeded' end,
         finished_at = clock_timestamp(), outcome = p_done -> 'data', error = p_done -> 'refusal',
         effects = nullif(coalesce(effects, '{}') || coalesce(p_done -> 'effects', '{}')
           || case when jsonb_array_length(p_done -> 'warnings') > 0
                then jsonb_build_object('warnings', coalesce(effects -> 'warnings', '[]') || (p_done -> 'warnings')) else '{}' end, '{}')
   where run_id = p_run_id and state = 'started' and entered_xid = pg_current_xact_id();
  if not found then
    raise exception using errcode = 'DT409', message = format('run %s was not entered in this transaction', p_run_id), hint = 'Begin another run.';
  end if;
end
$$;
comment on function dot.fn_command_close(uuid, jsonb) is
  'Gives an entered run its outcome, as fn_command_call found it: succeeded, refused, or rehearsed for a dry run; and marks the proposal as carried out that a succeeded run carries (hook carried_succeeds).';
