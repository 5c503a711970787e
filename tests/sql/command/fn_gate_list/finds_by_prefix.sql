do $$
begin
  assert (select bool_and(gate like 'queue.%') and count(*) > 3 from dot.fn_gate_list('queue'));
  perform dot.fn_gate_set('test.clock', 'open');
  perform test.equal((select value || ' ' || is_default from dot.fn_gate_list('test.clock')), 'open false');
end
$$;
