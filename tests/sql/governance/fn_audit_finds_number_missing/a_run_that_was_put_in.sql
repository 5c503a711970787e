-- A superuser puts in a run that says what it likes of its times; it has no place in the log, and no number.
do $$
declare
  v_made uuid := dot.fn_uuid_v7();
begin
  perform test.numbered();
  perform dot.fn_audit_append(true, 100000);
  perform test.equal((select count(*)::int from dot.fn_audit_finds_number_missing() f where f.finding = 'number_missing' and f.object like 'run %'), 0);
  alter table dot.dot_command_run disable trigger user;
  insert into dot.dot_command_run (run_id, command_code, mode, state, args, args_digest, actor, actor_kind, actor_verified, client, started_at, finished_at)
  values (v_made, 'gate set', 'run', 'succeeded', '{}', '', 'ann', 'human', true, '{}', '1970-01-01', 'infinity');
  assert exists (select 1 from dot.fn_audit_finds_number_missing() f where f.object = 'run ' || v_made) or exists (
    select 1 from jsonb_array_elements_text(dot.fn_audit_unsealed() -> 'run_ids') r where r = v_made::text), 'not named';
  assert exists (select 1 from jsonb_array_elements_text(dot.fn_audit_unsealed() -> 'run_ids') r where r = v_made::text), 'nothing finishes in the future';
  -- Nor is what it says it changed believed.
  insert into dot.dot_row_history (relation, row_key, run_id, image) values ('dot_actor', 'ghost', v_made, '{"actor_id": "ghost"}');
  assert exists (select 1 from dot.fn_audit_finds_row_edited() f where f.object = 'dot_actor ghost' and f.detail = 'its last change was made by no run that succeeded'),
    (select string_agg(f.object || ': ' || f.detail, '; ') from dot.fn_audit_finds_row_edited() f);
end
$$;
