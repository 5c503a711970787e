do $$
declare
  v_run   uuid;
  v_found constant text := $q$select string_agg(object || ': ' || detail, '; ' order by object, detail) from dot.fn_audit_finds_row_edited() where object like 'dot_actor %'$q$;
  v       text;
begin
  perform test.perform('actor add', json_build_object('actor', name, 'kind', 'human', 'login', test.login(name, '{dot_operator}'))) from unnest('{ann,bob,eve}'::text[]) name;
  perform test.numbered();
  -- Eve was edited before, which stays found; the rest happens while nothing is recorded.
  alter table dot.dot_actor disable trigger record;
  update dot.dot_actor set principal = 'ann' where actor_id = 'eve';
  alter table dot.dot_actor enable always trigger record;
  perform test.perform('actor disable', '{"actor": "eve"}');
  perform test.numbered();
  alter table dot.dot_actor disable trigger record;
  insert into dot.dot_actor (actor_id, actor_kind, login_name) values ('cid', 'human', 'cid');
  update dot.dot_actor set principal = 'cid' where actor_id = 'ann';
  delete from dot.dot_actor where actor_id = 'bob';
  alter table dot.dot_actor enable always trigger record;
  v_run := (test.perform('gate set', '{"gate": "test.clock", "value": "open"}') ->> 'run')::uuid;
  perform dot.fn_audit_resume();
  assert exists (select 1 from dot.dot_command_run_number n where n.run_id = v_run), 'what began meanwhile has a number';
  perform dot.fn_row_settle(v_run, '{}');
  execute v_found into v;
  perform test.equal(v, 'dot_actor eve: principal was "ann" when it was changed for another reason, and no change recorded that');
end
$$;
