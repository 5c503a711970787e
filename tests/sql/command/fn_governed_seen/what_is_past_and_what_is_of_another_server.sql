do $$
begin
  -- One's own change, an old one, and a number that this server has not come to yet.
  perform setval('dot.governed_xid', pg_current_xact_id()::text::bigint), dot.fn_governed_seen();
  perform setval('dot.governed_xid', 0), dot.fn_governed_seen();
  perform setval('dot.governed_xid', 9000000000000000000), dot.fn_governed_seen();
end
$$;
