-- On a server that people share.
create or replace function dot.fn_identity_private() returns boolean language sql stable security definer set search_path = dot, pg_temp as 'select false';
do $$
declare
  v_boss text := test.actor('boss', 'human', '{dot_admin}');
begin
  update dot.dot_actor set status = 'disabled' where actor_id <> 'boss';
  perform test.equal(test.by(v_boss, $q$select dot.fn_gate_set('policy.freeze', 'open') ->> 'reason'$q$), 'no_way_back');
  perform test.actor('ann', 'human', '{dot_breakglass}');
  perform test.equal(test.by(v_boss, $q$select dot.fn_gate_set('policy.freeze', 'open') ->> 'value'$q$), 'open');
end
$$;
