do $$
declare
  v_login text := test.login('someone', '{dot_operator}');
  v_done  jsonb := test.perform('actor add', json_build_object('actor', 'someone', 'kind', 'human', 'login', v_login));
  v_row   record;
begin
  select * into v_row from dot.dot_row_history where relation = 'dot_actor' and row_key = 'someone';
  perform test.equal(v_row.run_id, (v_done ->> 'run')::uuid);
  perform test.equal(v_row.image ->> 'login_name', v_login);
  perform test.perform('actor disable', '{"actor": "someone"}');
  select * into v_row from dot.dot_row_history where relation = 'dot_actor' and row_key = 'someone' order by change_id desc limit 1;
  perform test.equal(v_row.image ->> 'status', 'disabled');
  perform test.equal(v_row.edited, null);
  -- Part of what is sealed of the run.
  assert (select run_canonical like '%{"rows": 1, "sha256": "%' from dot.v_audit_row where run_id = (v_done ->> 'run')::uuid);
  perform test.raises('DT409', 'update dot.dot_row_history set image = null', '%cannot be changed%');
  perform test.raises('DT409', 'truncate dot.dot_row_history', '%cannot be changed%');
end
$$;
