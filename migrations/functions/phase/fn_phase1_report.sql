create or replace function dot.fn_phase1_report() returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_survey jsonb := dot.fn_phase1_survey();
  v_health jsonb := dot.fn_queue_health();
  v_enable dot.dot_command_run;
  v_verify dot.dot_command_run;
  v_ok     boolean;
begin
  select * into v_enable from dot.dot_command_run
   where command_code = 'phase1 enable' and state = 'succeeded' and mode <> 'dry_run' and outcome -> 'open' = 'true' order by started_at desc limit 1;
  select * into v_verify from dot.dot_command_run
   where command_code = 'phase1 verify' and state = 'succeeded' and outcome is not null order by started_at desc limit 1;
  v_ok := (v_survey ->> 'ok')::boolean and (v_survey ->> 'enabled')::boolean and coalesce((v_verify.outcome ->> 'ok')::boolean, false);
  return jsonb_build_object('ok', v_ok, 'markdown', concat_ws(e'\n',
    '# Phase 1 report', '',
    format('- Made: %s', to_char(dot.fn_clock_now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
    format('- Database: %s, PostgreSQL %s', current_database(), current_setting('server_version')),
    format('- Exit gate: **%s**', case when v_ok then 'passed' else 'not passed' end),
    format('- Runs: enable %s, verify %s', coalesce(v_enable.run_id::text, 'none yet'), coalesce(v_verify.run_id::text, 'none yet')),
    format('- Jobs: %s live, %s dead letters open, %s workers', v_survey ->> 'waiting', v_survey ->> 'dead', v_survey ->> 'workers'),
    '', '## Steps', '', dot.fn_phase0_markdown(v_survey -> 'steps', array['step', 'gate', 'open', 'turns_on', 'changed_at']),
    '', '## Missing', '', dot.fn_phase0_markdown(v_survey -> 'missing', array['kind', 'name']),
    '', '## Last enable', '', dot.fn_phase0_markdown(v_enable.outcome -> 'checks', array['gate', 'kept', 'closed', 'open']),
    '', '## Exit gate', '', dot.fn_phase0_markdown(v_verify.outcome -> 'checks', array['promise', 'kept', 'evidence']),
    '', '## Health', '', dot.fn_phase0_markdown(v_health -> 'signals', array['signal', 'ok', 'value', 'says'])) || e'\n');
end
$$;
comment on function dot.fn_phase1_report() is
  'The report on Phase 1, from the live database and the last runs of enable and verify: steps, what is missing, what each step was verified by, health. Returns {ok, markdown}; ok when all gates are open in order and the last verify kept every promise.';
