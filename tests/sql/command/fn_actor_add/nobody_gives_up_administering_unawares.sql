do $$
declare
  v_adm  text := test.login('adm', '{dot_admin,dot_operator}');
  v_call text := format($q$select coalesce(r ->> 'reason', r ->> 'actor') from dot.fn_actor_add('adm', 'human', %L, p_role => %%L) r$q$, v_adm);
begin
  perform test.equal(test.by(v_adm, format(v_call, null)), 'admin_lost');
  perform test.equal(test.by(v_adm, format(v_call, '{dot_operator,dot_admin}')), 'adm');
end
$$;
