do $$
begin
  perform dot.fn_gate_set('test.clock', 'open');
  assert (select run_id is not null and image @> '{"value": true}' from dot.registry_entry_history where registry_code = 'settings' and entry_key = 'test.clock' order by change_id desc limit 1);
  perform test.raises('DT409', 'delete from dot.registry_entry_history');
  perform test.raises('DT409', 'update dot.registry_entry_history set edited = null');
end
$$;
