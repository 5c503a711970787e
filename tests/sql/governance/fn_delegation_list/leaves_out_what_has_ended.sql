do $$
declare
  v_id uuid;
begin
  perform set_config('dot.actor_kind', 'human', true);
  v_id := (dot.fn_delegation_grant('bob', now() + interval '1 day', 'away') ->> 'delegation')::uuid;
  perform test.equal((select count(*) from dot.fn_delegation_list()), 1::bigint);
  perform dot.fn_delegation_revoke(v_id);
  perform test.equal((select count(*) from dot.fn_delegation_list()), 0::bigint);
  perform test.equal((select count(*) from dot.fn_delegation_list(p_history => true)), 1::bigint);
end
$$;
