do $$
begin
  perform dot.fn_gate_set('event.partitions_ahead_days', '5');
  perform dot.fn_event_partitions_make();
  assert (select max(upper_bound) filter (where upper_bound <> 'infinity') >= now() + interval '4 days' from dot.fn_event_partitions());
  perform test.equal(jsonb_array_length(dot.fn_event_partitions_make()), 0, 'once');
end
$$;
