do $$
declare
  v_before jsonb := dot.fn_command_counters(true) -> 'tables' -> 'dot.dot_config_history'::regclass::oid::text;
begin
  perform dot.fn_gate_set('test.clock', 'open');
  perform test.equal((dot.fn_command_counters(true) -> 'tables' -> 'dot.dot_config_history'::regclass::oid::text ->> 0)::int, coalesce((v_before ->> 0)::int, 0) + 1);
  perform test.equal(dot.fn_command_counters(false) -> 'sequences', 'null'::jsonb);
end
$$;
