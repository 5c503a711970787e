do $$
declare
  v_ann text := test.actor('ann', 'human', '{dot_operator}');
  v_bob text := test.actor('bob', 'human', '{dot_operator}');
  v_key text := dot.fn_actor_key_add('ann', test.public_key('ann')) ->> 'key';
begin
  perform test.raises('DT404', 'select dot.fn_actor_key_revoke(''SHA256:x'')');
  perform test.refused(test.by(v_bob, format('select dot.fn_actor_key_revoke(%L)', v_key))::jsonb, 'not_ones_own');
  perform test.actor('r1', 'human', '{dot_reviewer}'), test.actor('r2', 'human', '{dot_reviewer}');
  perform test.refused(dot.fn_actor_key_revoke(v_key), 'approval_required');
  perform test.equal(test.by(v_ann, format('select dot.fn_actor_key_revoke(%L) ->> ''changed''', v_key)), 'true');
  perform test.equal((select revoked_by from dot.dot_actor_key where fingerprint = v_key), 'ann');
  perform test.equal(dot.fn_actor_key_revoke(v_key) ->> 'changed', 'false');
  perform test.raises('DT409', 'update dot.dot_actor_key set revoked_at = null, revoked_by = null, revoked_run = null');
end
$$;
