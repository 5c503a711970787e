do $$
declare
  v_quorums constant jsonb := '[{"met": false, "level": "soft_mandatory"}]';
begin
  perform set_config('dot.actor_kind', 'human', true), set_config('dot.reason', 'x', true);
  perform dot.fn_breakglass_open('{actor add,actor enable,gate set}');
  assert dot.fn_proposal_excused('gate set', v_quorums) like 'emergency %';
  perform test.equal(dot.fn_proposal_excused(c, v_quorums), null::text) from unnest('{actor add,actor enable,actor key add}'::text[]) c;
  perform test.equal(dot.fn_proposal_excused('actor add', '[{"met": false, "level": "advisory"}]'), null::text);
end
$$;
