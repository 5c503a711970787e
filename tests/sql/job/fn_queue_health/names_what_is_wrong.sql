do $$
begin
  assert dot.fn_queue_health() ? 'ok' and jsonb_array_length(dot.fn_queue_health() -> 'signals') > 0;
  perform test.jobs();
  perform test.claimed(test.worker());
  update dot.job_queue set deadline_at = clock_timestamp() - interval '1 hour' where state = 'x';
  assert dot.fn_queue_health() @> '{"ok": false}', dot.fn_queue_health()::text;
end
$$;
