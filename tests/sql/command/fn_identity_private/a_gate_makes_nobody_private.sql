-- As on a server that people share, with claims believed.
create or replace function dot.fn_identity_private() returns boolean language sql stable security definer set search_path = dot, pg_temp as 'select false';
update dot.dot_config set value = 'true' where config_key = 'identity.accept_claims';
do $$
declare
  v_lurk text := test.login('lurk', '{dot_reviewer}');
  v_who  constant text := 'select (dot.fn_actor_current()).actor_id';
begin
  perform test.actor('rev', 'human', '{dot_reviewer}');
  perform set_config('dot.actor', 'somebody', true);
  perform test.equal(test.by(v_lurk, v_who), 'somebody', 'a claim is recorded');
  perform set_config('dot.actor', 'rev', true);
  perform test.equal(test.by(v_lurk, v_who), v_lurk, 'nobody has the name of another');
  perform set_config('dot.actor', 'REV', true);
  perform test.equal(test.by(v_lurk, v_who), v_lurk, 'in whatever case');
  perform set_config('dot.actor', 'somebody', true), set_config('dot.principal', 'Rev', true);
  perform test.equal(test.by(v_lurk, 'select (dot.fn_actor_current()).principal'), null::text, 'nor does another answer for it');
  assert dot.fn_identity_claimed();
  perform test.refused(test.by(v_lurk, $q$select dot.fn_proposal_approve(gen_random_uuid(), 'ok')::text$q$)::jsonb, 'login_unknown');
end
$$;
