do $$
declare
  v_ann  text := test.actor('ann', 'human', '{dot_operator}');
  v_gate text := test.actor('gate', 'service', '{dot_operator,dot_gateway}');
  v_call constant text := $q$select dot.fn_actor_decides() ->> 'reason'$q$;
begin
  grant execute on function dot.fn_actor_decides(jsonb) to public;
  perform test.equal(test.by(v_ann, v_call), null::text);
  perform test.equal(test.presents(v_gate, test.token(v_ann), v_call), 'not_the_login_itself');
end
$$;
