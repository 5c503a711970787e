create temp table before as select coalesce(max(to_xid::text::numeric)::text::xid8, '0') as xid from dot.event_outbox_settled;
-- Of transactions that ended long ago, over two days.
insert into dot.event_outbox (event_type, key, payload, xid, origin, emitted_at)
select 'system.queue_worker.silent', k, jsonb_build_object('n', k), x::text::xid8, dot.fn_event_origin(), now() - d * interval '1 day'
  from (values ('a', 10, 0), ('b', 10, 0), ('c', 20, 0), ('d', 20, 1), ('e', 30, 1)) v(k, x, d);
do $$
declare
  v_case  record;
  v_found text;
  v_said  constant text := $q$select string_agg(f.object || ': ' || f.detail, '; ') from dot.fn_audit_finds_event_edited() f$q$;
begin
  perform test.equal((dot.fn_audit_settles_events() ->> 'events')::int, (select count(*)::int from dot.event_outbox where xid < pg_snapshot_xmin(pg_current_snapshot())));
  perform test.equal(dot.fn_audit_settles_events(), '{}'::jsonb, 'once');
  execute v_said into v_found;
  perform test.equal(v_found, null, 'as they are');
  alter table dot.event_outbox disable trigger user;
  alter table dot.event_outbox_settled disable trigger user;
  for v_case in
    select * from (values
      ($q$update dot.event_outbox set payload = '{"n": "x"}' where key = 'b'$q$, '%one of them at least is not what was sealed%'),
      ($q$update dot.event_outbox set producer = 'ann' where key = 'e'$q$, '%one of them at least is not what was sealed%'),
      ($q$update dot.event_outbox set event_id = default where key = 'a'$q$, '%one of them at least%'),
      ($q$delete from dot.event_outbox where key = 'c'$q$, '%there are %, and % were sealed%'),
      ($q$delete from dot.event_outbox where emitted_at < now() - interval '20 hours'$q$, '%all % are gone%'),
      ($q$insert into dot.event_outbox (event_type, payload, xid, origin) values ('system.queue_worker.silent', '{}', '15', dot.fn_event_origin())$q$, '%there are %, and % were sealed%'),
      -- On a day of which nothing was sealed.
      ($q$insert into dot.event_outbox (event_type, payload, xid, origin, emitted_at) values ('system.queue_worker.silent', '{}', '15', dot.fn_event_origin(), now() - interval '5 days')$q$, '%there are 1, and 0 were sealed%'),
      ($q$update dot.event_outbox_settled set from_xid = '5'$q$, '%does not go on where it ended%')) v(sql, found)
  loop
    begin
      execute v_case.sql;
      execute v_said into v_found;
      assert v_found like v_case.found, v_case.sql || ': ' || coalesce(v_found, 'nothing');
      raise exception using errcode = 'DT999';
    exception when sqlstate 'DT999' then
      null;
    end;
  end loop;
  -- A day that is gone because it was to be, also when the setting is longer again, is none.
  update dot.event_outbox_settled set day = day - 40;
  delete from dot.event_outbox where emitted_at < now() - interval '20 hours';
  delete from dot.event_outbox where key in ('a', 'b', 'c');
  execute v_said into v_found;
  perform test.equal(v_found, null, 'what retention took');
  perform test.perform('gate set', '{"gate": "event.retention_days", "value": "90"}');
  execute v_said into v_found;
  perform test.equal(v_found, null, 'it was thirty days since');
end
$$;
