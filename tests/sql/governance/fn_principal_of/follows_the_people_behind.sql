do $$
begin
  assert dot.fn_principal_of('Ann') = 'ann', 'nobody known is themselves, in one spelling';
  assert dot.fn_principal_of('bot', 'Ann') = 'ann', 'as it was recorded';
  insert into dot.dot_actor (actor_id, actor_kind, principal) values ('ann', 'human', null), ('bot', 'agent', 'ann'), ('sub', 'agent', 'bot');
  assert dot.fn_principal_of('sub') = 'ann', 'an agent of an agent of a person';
  assert dot.fn_principal_of('bot', 'bob') = 'ann', 'as it is known now, before what was recorded';
  assert dot.fn_principal_of('ann') = 'ann', 'a person';
  insert into dot.dot_actor (actor_id, actor_kind, principal) select 'hop' || n, 'human', case n when 1 then 'ann' else 'hop' || n - 1 end from generate_series(1, 20) n;
  assert dot.fn_principal_of('hop20') = 'ann', 'through any number';
end
$$;
