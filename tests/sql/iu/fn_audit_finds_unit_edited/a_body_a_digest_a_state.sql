do $$
declare
  v_case record;
  v      text;
begin
  perform test.document();
  perform test.equal((select count(*)::int from dot.fn_audit_finds_unit_edited()), 0, 'as imported');
  -- What follows is no run's.
  perform set_config('dot.run_id', '', true);
  alter table dot.iu_version disable trigger protect;
  for v_case in
    select * from (values
      ($q$update dot.iu_version set body = replace(body, 'two', 'owt')$q$, 'document a.md', 'the pieces do not concatenate to the document%'),
      ($q$update dot.iu_version set body = replace(body, 'two', 'owt')$q$, 'unit %', '%is not what its digest says'),
      -- With its own digest put right, it is not the document that was imported.
      ($q$update dot.iu_version set body = replace(body, 'two', 'owt'), digest = encode(sha256(convert_to(replace(body, 'two', 'owt'), 'UTF8')), 'hex')$q$,
        'document a.md', 'the pieces do not concatenate to the document%'),
      ($q$update dot.information_unit set lifecycle_state = 'retired' where unit_id = test.unit()$q$, 'unit %', 'it is retired, and its last recorded move made it active'),
      ($q$delete from dot.iu_tree_path where unit_id = test.unit(3)$q$, 'document a.md', 'the%'),
      -- Which unit it is, what it is called and where it stands.
      ($q$update dot.iu_version set title = 'Forged' where unit_id = test.unit(2)$q$, 'document a.md', 'which units version 1 has%'),
      ($q$update dot.iu_version set level = level + 1 where unit_id = test.unit(2)$q$, 'document a.md', 'which units version 1 has%'),
      ($q$update dot.iu_tree_path set path = 'forged/address' where unit_id = test.unit(2)$q$, 'document a.md', 'which units version 1 has%'),
      ($q$update dot.iu_tree_path set active = false where unit_id = test.unit(2)$q$, 'document a.md', 'which units version 1 has%')) c(sql, object, detail)
  loop
    begin
      execute v_case.sql;
      select string_agg(f.object || ': ' || f.detail, '; ') into v from dot.fn_audit_finds_unit_edited() f;
      assert exists (select 1 from dot.fn_audit_finds_unit_edited() f where f.object like v_case.object and f.detail like v_case.detail), v_case.sql || ': ' || coalesce(v, 'nothing');
      raise exception using errcode = 'DT999';
    exception when sqlstate 'DT999' then
      null;
    end;
  end loop;
end
$$;
