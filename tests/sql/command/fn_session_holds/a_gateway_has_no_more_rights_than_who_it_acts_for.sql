do $$
declare
  v_ann    text := test.actor('ann', 'human', '{dot_reader}');
  v_bot    text := test.actor('bot', 'agent', '{dot_agent}', 'ann');
  v_boss   text := test.actor('boss', 'human', '{dot_admin}');
  v_gate   text := test.actor('gate', 'service', '{dot_operator,dot_gateway}');
  v_set    constant text := $q$select coalesce(dot.fn_gate_set('test.clock', 'open') ->> 'reason', 'done')$q$;
  v_holds  constant text := 'select string_agg(r, %s order by r) from unnest(array[%s]) r where dot.fn_role_held(session_user, r)';
  v_roles  constant text := format(v_holds, ''' ''', '''dot_reader'', ''dot_operator'', ''dot_admin'', ''dot_agent'', ''dot_gateway''');
begin
  perform test.equal(test.by(v_gate, v_roles), 'dot_gateway dot_operator dot_reader');
  perform test.equal(test.presents(v_gate, test.token(v_ann), v_roles), 'dot_reader');
  perform test.equal(test.presents(v_gate, test.token(v_boss), v_roles), 'dot_reader', 'and no more than its own');
  perform test.equal(test.presents(v_gate, repeat('0', 64), v_roles), null::text, 'nothing by a token that was never given');
  perform test.equal(test.presents(v_gate, test.token(v_ann), $q$select dot.fn_command_enter_read('gate set', '{"mode": "read"}') ->> 'reason'$q$), 'role_missing');
  perform test.equal(test.presents(v_gate, test.token(v_bot), $q$select (dot.fn_actor_current())::text$q$), '(bot,agent,ann,t)', 'an agent stays one');
  -- Of other logins nothing changes.
  perform test.equal(test.presents(v_gate, test.token(v_ann), format('select dot.fn_role_held(%L, ''dot_admin'')::text', v_boss)), 'true');
end
$$;
