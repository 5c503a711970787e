do $$
declare
  v_id uuid;
begin
  perform set_config('dot.actor_kind', 'human', true);
  v_id := (dot.fn_delegation_grant('bob', now() + interval '1 day', 'away') ->> 'delegation')::uuid;
  assert dot.fn_delegation_revoke(v_id) @> '{"changed": true}';
  assert dot.fn_delegation_revoke(v_id) @> '{"changed": false}';
  perform test.raises('DT404', format('select dot.fn_delegation_revoke(%L)', gen_random_uuid()));
end
$$;
