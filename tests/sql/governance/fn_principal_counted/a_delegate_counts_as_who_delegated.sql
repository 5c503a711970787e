do $$
begin
  perform test.equal(dot.fn_principal_counted('ann', now()), 'ann');
  insert into dot.delegation (delegation_id, delegator_id, delegator_principal, delegator_verified, delegate_id, delegate_principal, reason, valid_from, valid_until)
  values (gen_random_uuid(), 'ann', 'ann', false, 'bob', 'bob', 'x', now() - interval '1 day', now() + interval '1 day');
  perform test.equal(dot.fn_principal_counted('bob', now()), 'ann');
  perform test.equal(dot.fn_principal_counted('bob', now() - interval '2 days'), 'ann', 'now is enough');
end
$$;
