do $$
declare
  v_login text;
begin
  perform dot.fn_lock_take('audit seal'), dot.fn_lock_take('audit seal');
  foreach v_login in array array['reader', 'operator', 'reviewer', 'worker', 'agent', 'admin', 'breakglass'] loop
    v_login := test.login(v_login, array['dot_' || v_login]);
    perform test.equal(test.by(v_login, $q$select dot.fn_lock_take('audit seal')$q$), '42501');
    perform test.equal(test.by(v_login, $q$select dot.fn_lock_try('audit seal')$q$), '42501');
    perform test.equal(test.by(v_login, 'select slot from dot.dot_lock for update'), '42501');
    perform test.equal(test.by(v_login, 'lock table dot.dot_lock'), '42501');
  end loop;
end
$$;
