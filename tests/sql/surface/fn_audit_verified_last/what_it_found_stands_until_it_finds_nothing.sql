do $$
declare
  v_found text := 'select string_agg(format(''%s %s %s'', signal, count, what), '', '') from dot.fn_problems_surface() where signal = ''audit_findings''';
  v_admin constant text := test.login('adm', '{dot_admin}');
  v_reader constant text := test.login('rd', '{dot_reader}');
  v_said  text;
  v_case  record;
begin
  for v_case in
    select * from (values
      (1, 'succeeded', '{"code": "DT003", "detail": {"findings": [{"finding": "a", "count": 2, "means": "a run was changed"}, {"finding": "b", "count": 1, "means": "one is missing"}]}}'::jsonb,
       'audit_findings 3 dot audit verify, run by %s, found: a run was changed; one is missing', v_admin),
      -- One that looked at nothing ends nothing.
      (2, 'failed', '{"code": "DT500"}', 'audit_findings 3 dot audit verify, run by %s, found: a run was changed; one is missing', v_admin),
      -- Whoever writes such a row writes what they like.
      (3, 'succeeded', '{"detail": {"findings": [{"count": "many", "means": 7}, 1, null]}}', 'audit_findings 1 dot audit verify, run by %s, found: 7', v_admin),
      (4, 'succeeded', '{"detail": {"findings": "none"}}', 'audit_findings 1 dot audit verify, run by %s, found: what is no more known', v_admin),
      (5, 'succeeded', '[1]', 'audit_findings 1 dot audit verify, run by %s, found: what is no more known', v_admin),
      -- A reader's word ends nothing.
      (6, 'succeeded', null, 'audit_findings 1 dot audit verify, run by %s, found: what is no more known', v_reader),
      (7, 'succeeded', null, null, v_admin)) c(n, state, error, problem, login) order by n
  loop
    perform test.by(v_case.login, format('select dot.fn_command_record_read(%L, %L, jsonb_build_object(%L, %L::text), %L, %L, clock_timestamp())::text',
      'audit verify', '{}', 'run_id', dot.fn_uuid_v7(), v_case.state, v_case.error));
    execute v_found into v_said;
    perform test.equal(v_said, replace(v_case.problem, '%s', v_admin), v_case.n::text);
  end loop;
  -- Whose word counted then counts on, whatever becomes of their roles.
  perform test.by(v_admin, format('select dot.fn_command_record_read(%L, %L, jsonb_build_object(%L, %L::text), %L, %L, clock_timestamp())::text',
    'audit verify', '{}', 'run_id', dot.fn_uuid_v7(), 'succeeded', '{"code": "DT003"}'));
  execute format('revoke dot_admin from %I', v_admin);
  execute format('grant dot_admin to %I', v_reader);
  execute v_found into v_said;
  perform test.equal(v_said, format('audit_findings 1 dot audit verify, run by %s, found: what is no more known', v_admin), 'revoked');
end
$$;
