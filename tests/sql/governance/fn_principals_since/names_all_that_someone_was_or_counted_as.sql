do $$
declare
  v_from timestamptz := now() - interval '1 hour';
begin
  insert into dot.dot_actor (actor_id, actor_kind, login_name, principal)
  values ('ann', 'human', 'l1', null), ('bob', 'human', 'l2', null), ('cid', 'human', 'l3', null), ('bot', 'agent', 'l4', 'ann');
  perform test.equal(dot.fn_principals_since('Bob', null, 'l2', true, v_from), '{bob,"login l2"}'::text[]);
  perform test.equal(dot.fn_principals_since('bot', 'ann', 'l4', true, v_from), '{ann,bot,"login l4"}'::text[]);
  -- An agent that answers to another now answered to the first meanwhile; and as it was recorded.
  update dot.dot_actor set principal = 'bob' where actor_id = 'bot';
  perform test.equal(dot.fn_principals_since('bot', 'bob', 'l4', true, v_from), '{ann,bob,bot,"login l4"}'::text[], 'meanwhile');
  perform test.equal(dot.fn_principals_since('bot', 'dan', 'l4', true, now() + interval '1 day'), '{bob,bot,dan,"login l4"}'::text[], 'as recorded, and no longer before');
  -- A login that is declared as someone else is who it was.
  update dot.dot_actor set login_name = null where actor_id = 'cid';
  insert into dot.dot_actor (actor_id, actor_kind, login_name) values ('cid2', 'human', 'l3');
  assert dot.fn_principals_since('cid2', null, 'l3', true, v_from) @> '{cid}'::text[];
  assert dot.fn_principals_since('cid2', null, 'l3', true, v_from) && dot.fn_principals_since('cid', null, 'l3', true, v_from);
  -- One that was no actor yet is the actor that its login became.
  assert dot.fn_principals_since('l3', null, 'l3', false, v_from) @> '{cid2}'::text[];
  -- Of a shared login, those who claim different names are different.
  perform test.equal(dot.fn_principals_since('eve', null, 'l3', false, v_from), '{eve}'::text[]);
  -- Delegations: ended ones, later ones and their hops, and not those that ended before.
  insert into dot.delegation (delegation_id, delegator_id, delegator_principal, delegator_verified, delegate_id, delegate_principal, reason, valid_from, valid_until, revoked_at, revoked_by)
  select gen_random_uuid(), g.a, g.a, false, g.b, g.b, 'x', now() + g.f, now() + g.u, now() + g.r, case when g.r is not null then g.a end
    from (values ('ann', 'eve', interval '-50 minutes', interval '-40 minutes', null::interval), ('eve', 'fay', '-30 minutes', '1 day', '-20 minutes'),
                 ('gus', 'fay', '-3 hours', '-2 hours', null), ('bob', 'hal', '-3 hours', '1 day', '-2 hours'), ('bob', 'ina', '1 hour', '1 day', null)) g(a, b, f, u, r);
  perform test.equal(dot.fn_principals_since('fay', null, null, false, v_from), '{ann,eve,fay}'::text[]);
  perform test.equal(dot.fn_principals_since('hal', null, null, false, v_from), '{hal}'::text[], 'taken back before');
  perform test.equal(dot.fn_principals_since('ina', null, null, false, v_from), '{ina}'::text[], 'not yet');
  perform test.equal(dot.fn_principal_counted('fay', v_from), 'ann');
  -- A circle ends, and is one.
  insert into dot.delegation (delegation_id, delegator_id, delegator_principal, delegator_verified, delegate_id, delegate_principal, reason, valid_from, valid_until)
  values (gen_random_uuid(), 'fay', 'fay', false, 'ann', 'ann', 'x', now() - interval '5 minutes', now() + interval '1 day');
  perform test.equal((select array_agg(distinct dot.fn_principal_counted(w, v_from)) from unnest('{ann,eve,fay}'::text[]) w), '{ann}'::text[]);
  assert dot.fn_principals_since('login Op', null, 'Op', false, v_from) && dot.fn_principals_since('other', null, 'Op', true, v_from), 'one login, in one spelling';
end
$$;
