do $$
declare
  v_origin constant bigint := dot.fn_event_origin();
  v_from   xid8;
  v        jsonb;
begin
  perform dot.fn_audit_settles_events();
  v_from := coalesce((select max(to_xid::text::numeric)::text::xid8 from dot.event_outbox_settled), '0');
  -- Of this very transaction: it may still be rolled back.
  perform test.emit();
  perform test.equal(dot.fn_audit_settles_events(), '{}'::jsonb);
  perform test.equal((select count(*)::int from dot.event_outbox_settled s where s.to_xid > v_from), 0);
end
$$;
