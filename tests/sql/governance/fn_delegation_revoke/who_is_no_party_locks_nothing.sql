do $$
declare
  v_eve constant text := test.login('eve', '{dot_reviewer,dot_operator}');
  v_id  uuid;
begin
  insert into dot.dot_actor (actor_id, actor_kind, login_name) values ('eve', 'human', v_eve);
  perform set_config('dot.actor_kind', 'human', true);
  v_id := (dot.fn_delegation_grant('bob', now() + interval '1 day', 'away') ->> 'delegation')::uuid;
  perform test.refused(test.unlocked(format('dot.delegation where delegation_id = %L', v_id),
    format('select test.by(%L, %L)', v_eve, format('select dot.fn_delegation_revoke(%L)', v_id))), 'not_a_party');
end
$$;
