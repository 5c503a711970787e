create or replace function dot.fn_phase0_wire(p_on boolean) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  if p_on then
    perform dot.fn_context_put('birth', '{"source": "command"}');
    insert into dot.consumer_registry (consumer_code, event_types, function_name, gate, summary, owner, run_id)
    values ('iu.axis_materialize', array['iu.cut.completed', 'iu.piece.split', 'iu.piece.merge', 'iu.piece.revert'], 'fn_iu_consume_axis',
            'iu.post_cut.autowire', 'Builds the three axes of every piece of a completed cut', 'iu',
            dot.fn_run_current())
    on conflict (consumer_code) do update
      set event_types = excluded.event_types, function_name = excluded.function_name, gate = excluded.gate, status = 'active';
    perform dot.fn_consumer_subscribe('iu.axis_materialize');
  else
    update dot.consumer_registry set status = 'paused' where consumer_code = 'iu.axis_materialize';
  end if;
  perform dot.fn_gate_write('iu.post_cut.autowire', to_jsonb(p_on), 'wired by dot phase0 autowire');
end
$$;
comment on function dot.fn_phase0_wire(boolean) is
  'Makes the axis materialize a consumer of completed cuts, splits, merges and reverts, and opens its gate; or pauses the consumer and closes the gate.';
