do $$
declare
  v_ann  text := test.actor('ann', 'human', '{dot_reader}');
  v_gate text := test.actor('gate', 'service', '{dot_operator,dot_gateway}');
begin
  assert dot.fn_role_granted(v_gate, 'dot_operator') and not dot.fn_role_granted(v_ann, 'dot_operator');
  assert not dot.fn_role_granted('nobody at all', 'dot_reader') and not dot.fn_role_granted(v_ann, 'no role') and not dot.fn_role_granted(null, null);
  perform test.equal(test.by(v_gate, format('select dot.fn_role_granted(%L, ''dot_reader'')::text', v_ann)), '42501', 'asked by the platform alone');
end
$$;
