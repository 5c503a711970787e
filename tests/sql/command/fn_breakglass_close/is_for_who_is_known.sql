-- As on a server that people share.
create or replace function dot.fn_identity_private() returns boolean language sql stable security definer set search_path = dot, pg_temp as 'select false';
do $$
declare
  v_ann  text := test.actor('ann', 'human', '{dot_operator,dot_breakglass}');
  v_none text := test.login('none', '{dot_operator,dot_breakglass}');
begin
  perform test.equal(test.by(l, format($q$select dot.fn_breakglass_close(%L) ->> 'reason'$q$, gen_random_uuid())), s)
     from (values (v_none, 'login_unknown'), (v_ann, 'DT404')) v(l, s);
end
$$;
