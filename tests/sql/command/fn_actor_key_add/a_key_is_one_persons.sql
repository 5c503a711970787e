do $$
declare
  v_key text := test.public_key('k');
begin
  perform test.actor('ann', 'human', '{dot_operator}'), test.actor('bob', 'human', '{dot_reviewer}'), test.actor('bot', 'agent', '{dot_agent}', 'ann'), test.actor('gate', 'service', '{dot_gateway}');
  perform test.equal(dot.fn_actor_key_add('ann', v_key) - 'added_at', jsonb_build_object('actor', 'ann', 'key', dot.fn_ssh_key(v_key) -> 'fingerprint', 'algorithm', 'ssh-ed25519', 'changed', true, 'public_key', v_key));
  perform test.equal(dot.fn_actor_key_add('ann', v_key || ' again') ->> 'changed', 'false');
  perform test.refused(dot.fn_actor_key_add('bob', v_key), 'key_taken');
  perform test.refused(dot.fn_actor_key_add(a, test.public_key(a)), 'not_a_person') from unnest('{bot,gate}'::text[]) a;
  perform test.raises('DT404', $q$select dot.fn_actor_key_add('nobody', test.public_key('n'))$q$);
  perform test.raises('DT400', $q$select dot.fn_actor_key_add('ann', 'ssh-rsa AAAA')$q$);
  -- Once revoked it is nobody's; and once there are two reviewers, nobody adds one alone.
  perform dot.fn_actor_key_revoke(dot.fn_ssh_key(v_key) ->> 'fingerprint');
  perform test.refused(dot.fn_actor_key_add('ann', v_key), 'key_taken');
  perform test.actor('cid', 'human', '{dot_reviewer}');
  perform test.refused(dot.fn_actor_key_add('ann', test.public_key('other')), 'approval_required');
  perform test.raises('DT409', 'update dot.dot_actor_key set actor_id = ''bob''');
end
$$;
