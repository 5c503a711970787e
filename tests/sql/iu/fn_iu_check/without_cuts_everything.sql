-- Null is everything; none is none.
do $$
declare
  v_all  jsonb;
  v_cuts int := jsonb_array_length(dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\n', e'# B\n'])) -> 'cuts');
begin
  v_all := dot.fn_iu_check();
  assert (v_all ->> 'ok')::boolean and (v_all ->> 'cuts')::int = (select count(*) from dot.cut_request) and v_cuts > 0, v_all::text;
  perform test.equal((v_all ->> 'versions')::bigint, (select count(*) from dot.iu_version));
  perform test.equal((v_all ->> 'proposals')::int, 0);
  perform test.equal(dot.fn_iu_check('{}') - 'wired', '{"ok": true, "cuts": 0, "problems": []}'::jsonb);
  -- One that no document holds any more.
  alter table dot.iu_version disable trigger protect;
  alter table dot.cut_request disable trigger user;
  update dot.iu_tree_path set active = false where version_id = (select version_id from dot.iu_version where title = 'B');
  update dot.cut_request set state = 'cancelled';
  insert into dot.cut_request_transition (cut_request_id, from_state, to_state, actor) select cut_request_id, 'completed', 'cancelled', 'x' from dot.cut_request;
  assert dot.fn_iu_check() ->> 'ok' = 'true', 'sound at first: ' || dot.fn_iu_check()::text;
  update dot.iu_version set body = e'# Z\n' where title = 'B';
  perform test.equal(dot.fn_iu_check() ->> 'ok', 'false');
end
$$;
