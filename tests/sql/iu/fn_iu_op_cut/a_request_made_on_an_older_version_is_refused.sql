do $$
declare
  v_cut uuid;
  v_answer jsonb;
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\n']));
  v_cut := (dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# B\n']), true) #>> '{cuts,0}')::uuid;
  perform dot.fn_iu_op_mark(v_cut), dot.fn_iu_op_approve(v_cut);
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# C\n']));
  v_answer := dot.fn_iu_op_cut(v_cut);
  assert v_answer @> '{"refused": true, "code": "DT409", "reason": "stale_base"}', v_answer::text;
  assert dot.fn_iu_cancel(v_cut) ->> 'state' = 'cancelled', 'it can be given up';
end
$$;
