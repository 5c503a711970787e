create or replace function dot.fn_phase_report(p_phase text) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_phase     dot.phase_registry;
  v_enable    dot.dot_command_run;
  v_verify    dot.dot_command_run;
  v_survey    jsonb := dot.fn_phase_survey(p_phase);
  v_forbidden jsonb;
  v_checks    jsonb;
  v_facts     jsonb;
  v_section   jsonb;
  v_answer    jsonb;
  v_ok        boolean;
  v_text      text;
begin
  select * into v_phase from dot.phase_registry where phase_code = p_phase and status = 'active';
  select * into v_enable from dot.dot_command_run
   where command_code = any (array[format('phase%s enable', p_phase)] || v_phase.turned_on_by) and state = 'succeeded' and outcome is not null
     and coalesce(outcome -> 'open', outcome -> 'wired') = 'true'
   order by started_at desc limit 1;
  select * into v_verify from dot.dot_command_run
   where command_code = format('phase%s verify', p_phase) and state = 'succeeded' and outcome is not null order by started_at desc limit 1;
  select coalesce(jsonb_agg(to_jsonb(f)), '[]') into v_forbidden from dot.fn_phase_forbidden(p_phase) f;
  v_checks := dot.fn_phase_kept(v_phase.checks);
  v_ok := coalesce((v_survey ->> 'ok')::boolean and (v_survey ->> 'enabled')::boolean and (v_verify.outcome ->> 'ok')::boolean
    and not v_forbidden @? '$[*].ok ? (@ == false)' and not v_checks @? '$[*].kept ? (@ == false)', false);
  v_facts := jsonb_build_object('survey', v_survey, 'enable', v_enable.outcome, 'verify', v_verify.outcome);
  v_text := concat_ws(e'\n',
    format('# Phase %s report', p_phase), '', v_phase.title, '',
    format('- Made: %s', to_char(dot.fn_clock_now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
    format('- Database: %s, PostgreSQL %s', current_database(), current_setting('server_version')),
    format('- Exit gate: **%s**', case when v_ok then 'passed' else 'not passed' end),
    format('- Runs: %s %s, verify %s', coalesce(split_part(v_enable.command_code, ' ', 2), 'enable'), coalesce(v_enable.run_id::text, 'none yet'),
      coalesce(v_verify.run_id::text, 'none yet')),
    '', '## Steps', '', dot.fn_phase_markdown(v_survey -> 'steps', array['step', 'gate', 'open', 'turns_on', 'changed_at']),
    '', '## Missing', '', dot.fn_phase_markdown(v_survey -> 'missing', array['kind', 'name']));
  for v_section in select s from jsonb_array_elements(v_phase.report) with ordinality x(s, n) order by n loop
    v_answer := case when v_section ? 'query' then dot.fn_phase_ask(v_section ->> 'query')
      else jsonb_build_object('rows', v_facts #> string_to_array(v_section ->> 'rows', '.')) end;
    v_text := concat_ws(e'\n', v_text, '', '## ' || (v_section ->> 'title'), '', v_section ->> 'text' || e'\n',
      coalesce(v_answer ->> 'error', dot.fn_phase_markdown(v_answer -> 'rows', array(select jsonb_array_elements_text(v_section -> 'columns')))));
  end loop;
  v_text := concat_ws(e'\n', v_text,
    '', '## Exit gate', '', dot.fn_phase_markdown(v_verify.outcome -> 'checks', array['promise', 'kept', 'evidence']),
    '', '## Checks now', '', dot.fn_phase_markdown(v_checks, array['promise', 'kept', 'evidence']),
    '', '## Forbidden side effects', '', 'Each query counts the cases; zero is right.', '',
    dot.fn_phase_markdown(v_forbidden, array['item', 'result', 'ok', 'query', 'error'])) || e'\n';
  return jsonb_build_object('ok', v_ok, 'markdown', v_text);
end
$$;
comment on function dot.fn_phase_report(text) is
  'The report on a phase, from the live database and the last runs of enable and verify: steps, what is missing, the sections that the phase declares, the exit gate, its checks now, and every forbidden side effect with its query and result. Returns {ok, markdown}; ok when the exit gate is passed: all is there and turned on in order, the last verify kept every promise, and nothing says otherwise now. DT404 for a phase that is none.';
