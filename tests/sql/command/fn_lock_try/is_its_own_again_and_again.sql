do $$
begin
  perform test.equal(dot.fn_lock_try('queue', 'a name'), true);
  perform test.equal(dot.fn_lock_try('queue', 'a name'), true);
  assert (select bool_and(dot.fn_lock_try('queue', n::text)) from generate_series(1, 3000) n), 'every name has its row';
end
$$;
