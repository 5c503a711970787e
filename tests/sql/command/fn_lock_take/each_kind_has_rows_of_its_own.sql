do $$
declare
  v_used text[];
begin
  select array_agg(distinct m[1] order by m[1]) into v_used
    from pg_proc p cross join lateral regexp_matches(p.prosrc, 'fn_lock_(?:take|try)\(''([^'']+)''', 'g') m
   where p.pronamespace = 'dot'::regnamespace;
  perform test.equal(v_used, (select array_agg(distinct l.lock_kind order by l.lock_kind) from dot.dot_lock l), 'kinds of locks');
  perform test.raises('P0001', $q$select dot.fn_lock_take('no such kind')$q$);
  perform test.raises('P0001', $q$select dot.fn_lock_take('queue', null)$q$);
  -- Where callers choose the names, there are as many rows as slots.
  assert (select bool_and(n in (1, 256)) from (select count(*) as n from dot.dot_lock group by lock_kind) k);
end
$$;
