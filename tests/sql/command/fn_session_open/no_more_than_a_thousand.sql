do $$
declare
  v_ann text := test.actor('ann', 'human', '{dot_operator}');
  v_bob text := test.actor('bob', 'human', '{dot_operator}');
begin
  perform test.equal(test.by(v_ann, $q$select count(*)::text from (select dot.fn_session_open() as s from generate_series(1, 1005) offset 0) o where s ->> 'reason' = 'too_many_sessions'$q$), '5');
  perform test.equal((select count(*)::int from dot.dot_session where actor_id = 'ann'), 1000);
  assert test.token(v_bob) is not null, 'another is not held up';
end
$$;
