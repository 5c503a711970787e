do $$
begin
  perform dot.fn_gate_set('test.clock', 'open');
  perform dot.fn_gate_set('test.clock', 'closed');
  perform test.equal((select array_agg(old_value || '>' || new_value) from dot.fn_gate_history('test.clock', p_limit => 2)), '{open>closed,closed>open}'::text[]);
  perform test.equal((select count(*) from dot.fn_gate_history('test.clock', (select max(history_id)::text from dot.fn_gate_history('test.clock')))), 1::bigint, 'the page after');
end
$$;
