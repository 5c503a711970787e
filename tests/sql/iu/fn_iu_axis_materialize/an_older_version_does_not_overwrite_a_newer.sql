do $$
declare
  v_versions uuid[];
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\n', e'# Same\n']));
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A, longer\n', e'# Same\n']));
  v_versions := array(select document_version_id from dot.iu_document_version order by version_no);
  perform dot.fn_iu_axis_materialize(array[v_versions[2]]);
  perform dot.fn_iu_axis_materialize(array[v_versions[1]]);
  assert (select span_start from dot.iu_three_axis_envelope where path = 'same') = 12, 'the place in the current version stays';
  delete from dot.iu_three_axis_envelope;
  perform dot.fn_iu_axis_materialize(v_versions);
  assert (select span_start from dot.iu_three_axis_envelope where path = 'same') = 12, 'also when both are built at once';
end
$$;
