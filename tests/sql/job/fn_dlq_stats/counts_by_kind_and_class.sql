do $$
declare
  v_letters bigint[] := test.dead(3);
begin
  perform dot.fn_dlq_discard(array[v_letters[1]::text], 'old');
  perform test.equal((select format('%s %s %s %s', failure_class, open, replayed, discarded) from dot.fn_dlq_stats() where kind = 'system.noop_leased'), 'permanent 2 0 1');
end
$$;
