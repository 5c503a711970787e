do $$
declare
  v_ann  text := test.actor('ann', 'human', '{dot_operator}');
  v_bot  text := test.actor('bot', 'agent', '{dot_agent}', 'ann');
  v_gate text := test.actor('gate', 'service', '{dot_operator,dot_agent,dot_reader,dot_gateway}');
  v_emit constant text := 'select test.emit()::text';
  v      text;
begin
  execute format('grant execute on all functions in schema test to %I', v_gate);
  -- Whose it is, and who may emit it, goes by the actor and not by the gateway.
  v := test.presents(v_gate, test.token(v_bot), v_emit);
  assert exists (select 1 from dot.event_outbox where event_id = v::bigint and (producer, producer_class) = ('bot', 'agent')), v;
  v := test.presents(v_gate, test.token(v_ann), v_emit);
  assert exists (select 1 from dot.event_outbox where event_id = v::bigint and (producer, producer_class) = ('ann', 'human')), v;
  v := test.by(v_gate, v_emit);
  assert exists (select 1 from dot.event_outbox where event_id = v::bigint and (producer, producer_class) = ('gate', 'service')), v;
  perform test.equal(test.presents(v_gate, 'nobody''s', v_emit), 'DT403');
end
$$;
