do $$
begin
  perform test.document();
  assert (select h.run_id is not null and h.image = jsonb_build_object('units', d.units, 'digest', d.digest)
            from dot.dot_row_history h join dot.fn_iu_units_digest() d on h.row_key = d.document_version_id::text where h.relation = 'iu_units' order by h.change_id desc limit 1), 'the last run''s';
  -- Past the runs it is kept as nobody's.
  perform set_config('dot.run_id', '', true);
  update dot.iu_tree_path set active = false where unit_id = test.unit(2);
  assert (select h.run_id is null from dot.dot_row_history h where h.relation = 'iu_units' order by h.change_id desc limit 1);
  assert (select count(*) from dot.fn_audit_finds_unit_edited() f where f.detail like 'which units%') = 1;
end
$$;
