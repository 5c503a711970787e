do $$
declare
  v_ann     text := test.actor('ann', 'human', '{dot_operator,dot_reviewer}');
  v_nobody  text := test.login('nobody', '{dot_operator}');
  v_retired text := test.actor('rita', 'human', '{dot_operator}');
  v_reason  constant text := $q$select dot.fn_session_open() ->> 'reason'$q$;
  v_token   text;
  v_minutes text;
begin
  foreach v_minutes in array array['0', '-5', '721', 'null'] loop
    perform test.equal(test.by(v_ann, format('select dot.fn_session_open(%s)', v_minutes)), 'DT400', v_minutes);
  end loop;
  v_token := test.token(v_ann, 720);
  assert v_token <> test.token(v_ann, 720), 'each its own';
  assert (select bool_and(s.actor_id = 'ann' and s.login = v_ann and s.roles = '{dot_reader,dot_operator,dot_reviewer}') from dot.dot_session s), 'for itself';
  perform test.equal(test.by(v_nobody, v_reason), 'login_unknown');
  update dot.dot_actor set status = 'disabled' where actor_id = 'rita';
  perform test.equal(test.by(v_retired, v_reason), 'actor_disabled');
  -- A session begets none: else twelve hours would be for ever.
  perform test.equal(test.presents(v_ann, v_token, v_reason), 'not_the_login_itself');
  perform test.equal((select count(*) from dot.dot_session), 2::bigint);
end
$$;
