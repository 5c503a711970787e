do $$
declare
  v_unit uuid;
  v_got  jsonb;
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\nbcdefgh\n']));
  select unit into v_unit from dot.fn_iu_list('a.md');
  v_got := dot.fn_iu_piece_split(v_unit, array[4]);
  assert v_got @> '{"refused": true, "code": "DT428", "reason": "approval_required"}', v_got::text;
  -- Nor with the name of a proposal that nobody has approved, or of none at all.
  perform set_config('dot.proposal_id', gen_random_uuid()::text, true), set_config('dot.run_id', '', true);
  v_got := dot.fn_iu_piece_split(v_unit, array[4]);
  assert v_got ->> 'reason' = 'approval_required', v_got::text;
  assert (select count(*) from dot.fn_iu_list('a.md')) = 1, 'nothing was split by all this';
end
$$;
