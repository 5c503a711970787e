do $$
declare
  v_unit uuid;
  v_op   jsonb;
  v_id   uuid;
  v_split constant text := 'select dot.fn_iu_piece_split($1, $2, $3)';
  v_got  jsonb;
begin
  perform dot.fn_gate_set('policy.agent.max_risk', 'high');
  perform set_config('dot.actor', 'bot', true), set_config('dot.actor_kind', 'agent', true), set_config('dot.principal', 'ann', true);
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\nbcdefgh\n']));
  select unit into v_unit from dot.fn_iu_list('a.md');
  v_op := dot.fn_iu_operation_split(v_unit, array[4]);

  execute v_split into v_got using v_unit, array[4], null::uuid;
  assert v_got @> '{"refused": true, "code": "DT428", "reason": "review_required"}', v_got::text;
  execute v_split into v_got using v_unit, array[4], gen_random_uuid();
  assert v_got ->> 'reason' = 'review_required', v_got::text;
  v_id := dot.fn_review_record('iu_split', v_op, 'rejected', 'no', '[]', 'bob', 'human', null, true);
  execute v_split into v_got using v_unit, array[4], v_id;
  assert v_got ->> 'reason' = 'review_not_approved', v_got::text;
  v_id := dot.fn_review_record('iu_split', v_op, 'approved', 'yes', '[]', 'ann', 'human', null, true);
  execute v_split into v_got using v_unit, array[4], v_id;
  assert v_got ->> 'reason' = 'review_self', 'the principal behind the agent is no second pair of eyes: ' || v_got::text;
  v_id := dot.fn_review_record('iu_split', v_op, 'approved', 'yes', '[]', 'otherbot', 'agent', 'ann', true);
  execute v_split into v_got using v_unit, array[4], v_id;
  assert v_got ->> 'reason' = 'review_self', 'nor is another agent of the same person: ' || v_got::text;
  v_id := dot.fn_review_record('iu_split', v_op, 'approved', 'yes', '[]', 'otherbot', 'agent', 'bob', true);
  execute v_split into v_got using v_unit, array[4], v_id;
  assert v_got ->> 'reason' = 'review_by_agent', v_got::text;
  v_id := dot.fn_review_record('iu_split', v_op, 'approved', 'yes', '[]', 'bob', 'human', null, true);
  execute v_split into v_got using v_unit, array[5], v_id;
  assert v_got ->> 'reason' = 'review_mismatch' or v_got ->> 'reason' = 'review_stale', 'another cut point: ' || v_got::text;
  assert (select count(*) from dot.fn_iu_list('a.md')) = 1, 'nothing was split by all this';
  execute v_split into v_got using v_unit, array[4], v_id;
  assert v_got ? 'after', 'and the right one lets it through: ' || v_got::text;
end
$$;
