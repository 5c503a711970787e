do $$
declare
  v_ann   constant text := test.login('ann', '{dot_reviewer,dot_breakglass}');
  v_bob   constant text := test.login('bob', '{dot_reviewer}');
  v_cid   constant text := test.login('cid', '{dot_reviewer}');
  v_open  uuid;
  v_review text;
begin
  insert into dot.dot_actor (actor_id, actor_kind, login_name, roles, changed_at)
  select a, 'human', l, '{dot_reviewer}', now() - interval '1 hour' from (values ('ann', v_ann), ('bob', v_bob), ('cid', v_cid)) v(a, l);
  insert into dot.break_glass (break_glass_id, actor_id, login, reason, commands, opened_at, expires_at, closed_at)
  values (gen_random_uuid(), 'ann', v_ann, 'x', '{gate set}', now() - interval '20 minutes', now(), now()) returning break_glass_id into v_open;
  v_review := format('select dot.fn_breakglass_review(%L, %L, %L)::jsonb', v_open, 'justified', 'x');
  perform test.equal(test.by(v_ann, v_review)::jsonb ->> 'reason', 'not_another_person');
  -- As ann's delegate for a while, which is over; and as ann's login under another name.
  insert into dot.delegation (delegation_id, delegator_id, delegator_principal, delegator_verified, delegate_id, delegate_principal, reason, valid_from, valid_until)
  values (gen_random_uuid(), 'ann', 'ann', true, 'bob', 'bob', 'x', now() - interval '10 minutes', now() - interval '5 minutes');
  perform test.equal(test.by(v_bob, v_review)::jsonb ->> 'reason', 'not_another_person');
  update dot.dot_actor set login_name = null where actor_id = 'ann';
  insert into dot.dot_actor (actor_id, actor_kind, login_name, roles) values ('ann2', 'human', v_ann, '{dot_reviewer}');
  perform test.equal(test.by(v_ann, v_review)::jsonb ->> 'reason', 'not_another_person');
  perform test.equal(test.by(v_cid, v_review)::jsonb ->> 'reviewer', 'cid');
end
$$;
