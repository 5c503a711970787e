do $$
declare
  v_cut  uuid := (dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\n', e'# B\n']), true) #>> '{cuts,0}')::uuid;
  v_step jsonb;
begin
  assert not exists (select 1 from dot.fn_iu_list('a.md')), 'nothing is read before the end';
  v_step := dot.fn_iu_op_cut(v_cut);
  assert v_step @> '{"refused": true, "code": "DT409", "reason": "illegal_move"}', 'no step is left out: ' || v_step::text;
  assert dot.fn_iu_op_mark(v_cut) ->> 'state' = 'marked' and dot.fn_iu_op_approve(v_cut) ->> 'state' = 'approved', 'mark, approve';
  assert dot.fn_iu_op_cut(v_cut) ->> 'state' = 'cut', 'cut';
  assert not exists (select 1 from dot.fn_iu_list('a.md')), 'still nothing is read';
  assert dot.fn_iu_op_verify(v_cut) @> '{"state": "verified", "ok": true}' and dot.fn_iu_op_cleanup(v_cut) ->> 'state' = 'completed', 'verify, cleanup';
  assert (select count(*) from dot.fn_iu_list('a.md')) = 2 and not exists (select 1 from dot.iu_staged_document), 'the units are there, what was staged is gone';
  assert (select array_agg(to_state order by transition_id) from dot.cut_request_transition where cut_request_id = v_cut)
    = array['staged', 'marked', 'approved', 'cut', 'verified', 'completed'], 'every move is recorded';
end
$$;
