do $$
begin
  perform test.equal((select count(*) from dot.fn_lock_holders() where pid = pg_backend_pid()), 0::bigint);
  perform dot.fn_lock_take('audit seal'), dot.fn_lock_try('queue', '1');
  perform test.equal((select array_agg(lock_kind || ' ' || login order by lock_kind) from dot.fn_lock_holders() where pid = pg_backend_pid()),
    array['audit seal ' || session_user, 'queue ' || session_user]);
end
$$;
