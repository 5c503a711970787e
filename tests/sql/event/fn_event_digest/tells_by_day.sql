insert into dot.event_outbox (event_type, key, payload, xid, origin, emitted_at)
select 'system.queue_worker.silent', k, '{}', x::text::xid8, 1, d::timestamptz
  from (values ('a', 10, '2001-01-01 23:59:59.999+00'), ('b', 10, '2001-01-02 00:00+00'), ('c', 20, '2001-01-02 00:00+00')) v(k, x, d);
do $$
declare
  v constant text := (select string_agg(d.day || ' ' || d.events, ', ' order by d.day) from dot.fn_event_digest(1, '10', '20') d);
begin
  perform test.equal(v, '2001-01-01 1, 2001-01-02 1', 'up to, not including');
  perform test.equal((select d.events from dot.fn_event_digest(1, '10', '21', '2001-01-02') d), 2::bigint);
  perform test.equal((select count(*) from dot.fn_event_digest(2, '10', '21')), 0::bigint, 'of that cluster only');
  -- Whatever the session writes times like.
  perform set_config('timezone', 'Asia/Tokyo', true), set_config('datestyle', 'SQL, DMY', true), set_config('bytea_output', 'escape', true);
  perform test.equal((select string_agg(d.events::text, ', ' order by d.day) from dot.fn_event_digest(1, '10', '20') d), '1, 1');
end
$$;
