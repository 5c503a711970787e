do $$
begin
  perform test.equal(dot.fn_event_judge('no.such.type', '{}', null, 'human') ->> 'reason', 'unknown_type');
  perform test.equal(dot.fn_event_judge('system.queue_worker.silent', '{}', null, 'human') ->> 'reason', 'payload_invalid');
  perform test.equal(dot.fn_event_judge('system.queue_worker.silent', '{}', null, 'nobody') ->> 'reason', 'producer_not_allowed');
end
$$;
