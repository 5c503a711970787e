do $$
declare
  v_before text;
  v_case   text;
begin
  perform test.document();
  select d.digest into strict v_before from dot.fn_iu_units_digest() d;
  perform test.equal((select array_agg(d.digest) from dot.fn_iu_units_digest(array(select document_version_id from dot.iu_document_version)) d), array[v_before]);
  perform test.equal((select count(*)::int from dot.fn_iu_units_digest(array[gen_random_uuid()])), 0);
  alter table dot.iu_version disable trigger protect;
  foreach v_case in array array['update dot.iu_version set title = null', 'update dot.iu_version set level = level + 1', 'update dot.iu_tree_path set path = path || ''x''', 'update dot.iu_tree_path set active = not active',
    'update dot.iu_tree_path set span_start = span_start + 1', 'update dot.iu_version set digest = repeat(''0'', 64)'] loop
    begin
      execute v_case;
      assert (select d.digest from dot.fn_iu_units_digest() d) <> v_before, v_case;
      raise exception using errcode = 'DT999';
    exception when sqlstate 'DT999' then
      null;
    end;
  end loop;
end
$$;
