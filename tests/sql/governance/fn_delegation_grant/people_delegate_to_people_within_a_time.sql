do $$
begin
  perform set_config('dot.actor', 'ann', true);
  perform set_config('dot.actor_kind', 'human', true);
  perform test.raises('DT400', $q$select dot.fn_delegation_grant('bob', now() - interval '1 day', 'x')$q$);
  perform test.raises('DT400', $q$select dot.fn_delegation_grant('bob', now() + interval '1 day', ' ')$q$);
  assert dot.fn_delegation_grant('bob', now() + interval '1 day', 'away') ? 'delegation';
  perform test.refused(dot.fn_delegation_grant('cleo', now() + interval '1 day', 'away'), 'delegation_chain');
  perform test.equal((select array_agg(delegator || '>' || delegate || ' ' || state) from dot.fn_delegation_list()), array[(dot.fn_actor_current()).actor_id || '>bob active']);
end
$$;
