do $$
begin
  insert into dot.dot_actor (actor_id, actor_kind, login_name, principal) values ('ann', 'human', 'l1', null), ('bob', 'human', 'l2', null), ('bot', 'agent', 'l3', 'ann');
  update dot.dot_actor set principal = 'bob' where actor_id = 'bot';
  update dot.dot_actor set status = 'disabled' where actor_id = 'bot';
  update dot.dot_actor set login_name = null where actor_id = 'bob';
  delete from dot.dot_actor where actor_id = 'bot';
  perform test.equal((select string_agg(format('%s %s %s', actor_id, login_name, principal), ', ' order by was_no) from dot.dot_actor_was),
    'bot l3 ann, bob l2 , bot l3 bob');
  perform test.raises('DT409', 'delete from dot.dot_actor_was');
  perform test.raises('DT409', $q$update dot.dot_actor_was set principal = 'x'$q$);
end
$$;
