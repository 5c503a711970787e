do $$
declare
  v_before jsonb;
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# T\n', e'## A\na\n', e'## B\nb\n']));
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# T\n', e'## A\na\n']));
  select jsonb_agg(to_jsonb(l)) into v_before from dot.fn_iu_list('a.md') l;
  perform dot.fn_document_archive('a.md');
  assert dot.fn_document_restore('a.md') @> '{"changed": true, "units": 2}', 'B was retired before, and stays so';
  assert (select jsonb_agg(to_jsonb(l)) from dot.fn_iu_list('a.md') l) = v_before, 'the same units, versions and places';
  assert (select count(*) from dot.fn_document_list(true)) = 0, 'and it is archived no longer';
  assert dot.fn_document_restore('a.md') @> '{"changed": false, "units": 0}', 'once more changes nothing';
  assert not exists (select 1 from dot.fn_audit_finds_unit_edited()) and (dot.fn_iu_check() ->> 'ok')::boolean, 'no check objects';
  perform test.raises('DT404', $q$ select dot.fn_document_restore('none.md') $q$, '%there is no document%');
end
$$;
