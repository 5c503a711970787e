create or replace function dot.fn_phase0_report() returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_survey    jsonb := dot.fn_phase0_survey();
  v_autowire  dot.dot_command_run;
  v_verify    dot.dot_command_run;
  v_forbidden jsonb;
  v_schema    jsonb := dot.fn_phase0_schema_diff();
  v_health    jsonb;
  v_ok        boolean;
  v_text      text;
begin
  select * into v_autowire from dot.dot_command_run
   where command_code = 'phase0 autowire' and state = 'succeeded' and outcome is not null order by started_at desc limit 1;
  select * into v_verify from dot.dot_command_run
   where command_code = 'phase0 verify' and state = 'succeeded' and outcome is not null order by started_at desc limit 1;
  select jsonb_agg(to_jsonb(f)) into v_forbidden from dot.fn_phase0_forbidden() f;
  select jsonb_agg(to_jsonb(h)) into v_health from dot.fn_iu_health() h;
  v_ok := (v_survey ->> 'ok')::boolean and not v_forbidden @? '$[*].ok ? (@ == false)' and coalesce((v_verify.outcome ->> 'ok')::boolean, false)
    and not v_health @? '$[*].state ? (@ == "red")' and dot.fn_iu_wired();

  v_text := concat_ws(e'\n',
    '# Phase 0 report', '',
    format('- Made: %s', to_char(dot.fn_clock_now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
    format('- Database: %s, PostgreSQL %s', current_database(), current_setting('server_version')),
    format('- Exit gate: **%s**', case when v_ok then 'passed' else 'not passed' end),
    format('- Runs: autowire %s, verify %s', coalesce(v_autowire.run_id::text, 'none yet'), coalesce(v_verify.run_id::text, 'none yet')),
    '', '## Survey', '',
    dot.fn_phase0_markdown(v_survey -> 'tables', array['table', 'state', 'rows', 'differences']), '',
    dot.fn_phase0_markdown(v_survey -> 'functions', array['function', 'state', 'arguments']), '',
    dot.fn_phase0_markdown(v_survey -> 'gates', array['gate', 'state', 'open']), '',
    dot.fn_phase0_markdown(v_survey -> 'registries', array['registry', 'state', 'phase', 'row_count', 'differences']), '',
    format('`review_decision` is there: %s. The axis materialize is wired: %s.', v_survey -> 'review_decision', v_survey -> 'axis_materialize_wired'),
    '', '## Schema before and after', '', v_schema ->> 'summary', '',
    dot.fn_phase0_markdown(v_schema -> 'objects', array['change', 'object']),
    '', '## Health before autowire', '', dot.fn_phase0_markdown(v_autowire.outcome -> 'health_before', array['item', 'state', 'count', 'detail']),
    '', '## Health after autowire', '', dot.fn_phase0_markdown(v_autowire.outcome -> 'health_after', array['item', 'state', 'count', 'detail']),
    '', '## Health now', '', dot.fn_phase0_markdown(v_health, array['item', 'state', 'count', 'detail']),
    '', '## Exit gate', '', dot.fn_phase0_markdown(v_verify.outcome -> 'checks', array['promise', 'kept', 'evidence']),
    '', '## Forbidden side effects', '', 'Each query counts the cases; zero is right.', '',
    dot.fn_phase0_markdown(v_forbidden, array['item', 'result', 'ok', 'query'])) || e'\n';
  return jsonb_build_object('ok', v_ok, 'markdown', v_text);
end
$$;
comment on function dot.fn_phase0_report() is
  'The report on Phase 0, from the live database and the last runs of autowire and verify: survey, schema and health before and after, the exit gate, and every forbidden side effect with its query and result. Returns {ok, markdown}; ok when the exit gate is passed.';
