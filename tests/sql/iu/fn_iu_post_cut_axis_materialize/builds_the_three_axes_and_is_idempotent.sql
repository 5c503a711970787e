do $$
declare
  v_cut uuid := (dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# T\n', e'## A\n', e'## B\n', e'### C\n'])) #>> '{cuts,0}')::uuid;
  v_row record;
begin
  assert not exists (select 1 from dot.iu_three_axis_envelope), 'nothing by itself while it is not wired';
  assert dot.fn_iu_post_cut_axis_materialize(v_cut) = 4, 'one envelope a piece';
  assert dot.fn_iu_post_cut_axis_materialize(v_cut) = 0, 'nothing is written twice';
  select e.*, u.path as parent_path into v_row
    from dot.iu_three_axis_envelope e left join dot.iu_tree_path u on u.unit_id = e.parent_unit_id where e.path = 't/b';
  assert (v_row.span_start, v_row.span_bytes, v_row.line_start, v_row.ordinal, v_row.depth, v_row.parent_path) = (9, 5, 3, 2, 2, 't'), v_row::text;
  assert v_row.digest = encode(sha256(e'## B\n'), 'hex'), 'axis A has the digest';
end
$$;
