do $$
declare
  v_answer jsonb;
  v_ids    jsonb;
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# T\n', e'## A\na\n', e'## B\nb\n', e'## C\nc\n', e'## D\nd\n']));
  select jsonb_object_agg(path, unit) into v_ids from dot.fn_iu_list('a.md');
  -- A is changed, B the same, C moves below E, D goes, E is new.
  v_answer := dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# T\n', e'## A\nchanged\n', e'## B\nb\n', e'# E\n', e'## C\nc\n']));
  assert v_answer -> 'documents' -> 0 @> '{"verdict": "changed", "added": 1, "changed": 1, "moved": 1, "removed": 1, "unchanged": 2}', v_answer::text;
  assert (select count(*) from dot.fn_iu_list('a.md') l where v_ids ->> l.path = l.unit::text) = 3, 'T, A and B keep their ids';
  assert (select l.version from dot.fn_iu_list('a.md') l where l.path = 't/a') = 2, 'A has a second version';
  assert (select l.version from dot.fn_iu_list('a.md') l where l.path = 't/b') = 1, 'B has not';
  assert (select l.unit::text from dot.fn_iu_list('a.md') l where l.path = 'e/c') = v_ids ->> 't/c', 'C keeps its id where it moved to';
  assert (select lifecycle_state from dot.information_unit where unit_id = (v_ids ->> 't/d')::uuid) = 'retired', 'D is retired, not deleted';
  assert (select array_agg(d.change || ' ' || coalesce(d.path, d.was) order by d.change) from dot.fn_document_diff('a.md') d)
    = array['added e', 'changed t/a', 'moved e/c', 'removed t/d'], 'the diff says the same';
  assert dot.fn_iu_render('a.md', 1) ->> 'exact' = 'true' and dot.fn_iu_render('a.md', 2) ->> 'exact' = 'true', 'both versions render exactly';
end
$$;
