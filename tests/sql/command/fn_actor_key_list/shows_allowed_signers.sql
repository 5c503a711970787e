do $$
declare
  v_key text;
begin
  perform test.actor('ann', 'human', '{dot_operator}'), test.actor('bob', 'human', '{dot_operator}');
  v_key := dot.fn_actor_key_add('ann', test.public_key('ann')) ->> 'key';
  perform dot.fn_actor_key_add('bob', test.public_key('bob'));
  perform test.equal((select allowed_signer from dot.fn_actor_key_list('ann')), 'ann namespaces="dot-approval" ' || test.public_key('ann'));
  perform dot.fn_actor_key_revoke(v_key);
  perform test.equal((select string_agg(actor || ' ' || state, ', ' order by actor) from dot.fn_actor_key_list()), 'bob active');
  perform test.equal((select string_agg(actor || ' ' || state, ', ' order by actor) from dot.fn_actor_key_list(p_history => true)), 'ann revoked, bob active');
  assert (select allowed_signer ~ '^ann namespaces="dot-approval",valid-before="[0-9]{14}Z" ssh-ed25519 ' from dot.fn_actor_key_list(p_key => v_key)), 'until when it signed';
end
$$;
