do $$
declare
  v_unit uuid;
  v_op   jsonb;
  v_got  jsonb;
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\nbcdefgh\n']));
  select unit into v_unit from dot.fn_iu_list('a.md');
  v_op := dot.fn_iu_plan_split(v_unit, array[4]) -> 'operation';
  v_got := dot.fn_review_decide('iu_split', v_op || '{"cut_points": [99]}', 'approved', 'why not');
  assert v_got @> '{"refused": true, "code": "DT409"}', 'a cut that cannot be made: ' || v_got::text;
  v_got := dot.fn_review_decide('iu_split', v_op || '{"more": 1}', 'approved', 'why not');
  assert v_got ->> 'refused' = 'true', 'an operation with something added';
  v_got := dot.fn_review_decide('iu_split', v_op, 'approved', 'two topics');
  assert v_got ->> 'operation_digest' = dot.fn_iu_plan_split(v_unit, array[4]) ->> 'operation_digest', v_got::text;
  assert dot.fn_review_show((v_got ->> 'decision')::uuid) @> '{"ok": true, "fits_now": true, "latest": true, "revision": 1}', 'as it was recorded';
end
$$;
