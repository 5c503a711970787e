do $$
declare
  v_cut uuid := (dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\n']), true) #>> '{cuts,0}')::uuid;
begin
  begin
    update dot.cut_request set state = 'completed' where cut_request_id = v_cut;
    assert false, 'a raw update skipped the order';
  exception when sqlstate 'DT409' then
    null;
  end;
  assert (select array_agg(to_state) from dot.cut_request_transition where cut_request_id = v_cut) = array['staged'], 'and left no move';
end
$$;
