do $$
begin
  delete from dot.event_tick;
  perform dot.fn_lock_take('audit seal');
  -- The last that is known before it, at most.
  perform test.equal((select count(*) from dot.fn_lock_holders() where since is null), 0::bigint);
  assert (select since <= clock_timestamp() from dot.fn_lock_holders() where pid = pg_backend_pid());
end
$$;
