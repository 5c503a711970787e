do $$
declare
  v_unit uuid;
  v_done jsonb;
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\n']));
  perform dot.fn_iu_axis_materialize(array(select document_version_id from dot.iu_document_version));
  select unit into v_unit from dot.fn_iu_list('a.md');
  v_done := dot.fn_iu_tag(v_unit, 'policy');
  assert (select tags from dot.iu_three_axis_envelope) = array['policy'], 'axis B has it';
  assert dot.fn_iu_check_tag(v_unit, 'policy') ->> 'ok' = 'true', 'and its pair agrees';
  assert dot.fn_iu_tag(v_unit, 'policy') @> '{"refused": true, "code": "DT409"}', 'not twice';
  perform dot.fn_iu_untag((v_done #>> '{inverse,unit}')::uuid, v_done #>> '{inverse,tag}');
  assert (select tags from dot.iu_three_axis_envelope) = '{}', 'axis B is as it was';
  assert dot.fn_iu_untag(v_unit, 'policy') @> '{"refused": true, "code": "DT409"}', 'and there is nothing left to take back';
end
$$;
