do $$
declare
  v_answer jsonb;
  v_unit   uuid;
  v_open   uuid;
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# T\n', e'## Alpha\na\n']) || dot.fn_phase0_scratch('b.md', array[e'# B\n']));
  select unit into v_unit from dot.fn_iu_list('a.md') where path = 't/alpha';
  v_answer := dot.fn_document_archive('a.md');
  assert v_answer @> '{"document": "a.md", "changed": true, "units": 2, "inverse": {"document": "a.md"}}', v_answer::text;
  assert (select array_agg(document) from dot.fn_document_list()) = array['b.md'], 'the list leaves it out';
  assert (select array_agg(document || ' ' || units) from dot.fn_document_list(true)) = array['a.md 2'], 'asked for, it is listed with its units';
  assert not exists (select 1 from dot.fn_iu_list() l where l.unit = v_unit) and not exists (select 1 from dot.fn_iu_search('alpha')), 'lists and search leave its units out';
  assert dot.fn_iu_show(v_unit) ->> 'state' = 'retired', 'its units are retired, and can be shown';
  assert dot.fn_iu_render('a.md', 1) ->> 'exact' = 'true', 'its versions stay';
  perform test.raises('DT404', $q$ select dot.fn_iu_render('a.md') $q$, '%a.md is archived%');
  assert dot.fn_document_archive('a.md') @> '{"changed": false, "units": 0}', 'once more changes nothing';
  assert not exists (select 1 from dot.fn_audit_finds_unit_edited()) and (dot.fn_iu_check() ->> 'ok')::boolean, 'no check objects';
  perform test.raises('DT404', $q$ select dot.fn_document_archive('none.md') $q$, '%there is no document%');
  -- One that is on its way in is not archived under it.
  v_answer := dot.fn_iu_import(dot.fn_phase0_scratch('b.md', array[e'# B\nmore\n']), true);
  assert dot.fn_document_archive('b.md') ->> 'reason' = 'cut_open', 'a cut is open';
end
$$;
