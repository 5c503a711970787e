do $$
begin
  perform test.equal(dot.fn_lock_slot(''), 0);
  perform test.equal(dot.fn_lock_slot(null), null::int);
  assert (select min(s) = 0 and max(s) = 255 and count(distinct s) = 256 from (select dot.fn_lock_slot(n::text) as s from generate_series(1, 5000) n) x);
end
$$;
