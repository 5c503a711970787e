-- As on a server that people share.
create or replace function dot.fn_identity_private() returns boolean language sql stable security definer set search_path = dot, pg_temp as 'select false';
do $$
declare
  v_rev  text := test.actor('rev', 'human', '{dot_reviewer,dot_operator}');
  v_call constant text := $q$select dot.fn_delegation_grant(%L, now() + interval '1 day', 'away') ->> 'delegate'$q$;
begin
  perform test.actor('cid', 'human', '{dot_operator}');
  perform test.equal(test.by(v_rev, format(v_call, 'carl')), 'DT404');
  perform test.equal(test.by(v_rev, format(v_call, 'Cid')), 'Cid');
end
$$;
