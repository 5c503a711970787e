do $$
declare
  v_answer jsonb;
  v_unit   uuid;
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# T\n', e'## A\na\n']));
  select unit into v_unit from dot.fn_iu_list('a.md') where path = 't/a';
  perform dot.fn_document_archive('a.md');
  v_answer := dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# T\n', e'## A\na\n']), true);
  assert v_answer -> 'documents' -> 0 @> '{"verdict": "refused", "reason": "archived"}', v_answer::text;
  assert (select count(*) from dot.fn_document_list(true)) = 1, 'what is only staged brings nothing back';
  v_answer := dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# T\n', e'## A\na\n']));
  assert v_answer @> '{"documents": [{"verdict": "restored", "version": 1}], "totals": {"restored": 1, "unchanged": 0}, "partial": false}', v_answer::text;
  perform dot.fn_document_archive('a.md');
  v_answer := dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# T\n', e'## A\nchanged\n']));
  assert v_answer -> 'documents' -> 0 @> '{"verdict": "changed", "changed": 1, "unchanged": 1}', v_answer::text;
  assert (select l.unit from dot.fn_iu_list('a.md') l where l.path = 't/a') = v_unit, 'A is the same unit in its second version';
  assert not exists (select 1 from dot.fn_audit_finds_unit_edited()) and (dot.fn_iu_check() ->> 'ok')::boolean, 'no check objects';
end
$$;
