-- squawk-ignore-file ban-drop-table, ban-drop-column, ban-drop-function
set local role dot_owner;
drop function if exists dot.fn_event_emit(text, jsonb, text, text, text);
drop function if exists dot.fn_consumer_list();
-- With their triggers on tables that stay.
drop function if exists dot.fn_event_notifies(), dot.fn_event_validators(), dot.fn_event_run_rejected() cascade;
drop function dot_compiled.emit_version(text, text, jsonb);
drop function dot_compiled.emit_notifies();
-- Functions that take or give rows of what goes.
drop function if exists dot.fn_event_extent(dot.event_tick, dot.event_tick), dot.fn_event_tick_follows(dot.event_tick, dot.event_tick), dot.fn_event_tick_newest(),
  dot.fn_event_tick_now(), dot.fn_event_slice(dot.event_subscription, dot.event_tick, dot.event_tick, bigint, bigint, bigint, integer),
  dot.fn_consumer_wants(dot.consumer_registry, bigint[]), dot.fn_subscription_hold(text, bigint), dot.fn_subscription_cursor(text), dot.fn_subscription_move(dot.event_cursor), dot.fn_subscription_open(text);
drop view dot.event_pending, dot.event_read, dot.event_standing;
drop table dot.iu_sql_event_route, dot.event_cursor, dot.event_subscription, dot.event_tick;
alter table dot.event_outbox rename to event_outbox_days;
alter table dot.event_outbox_days alter column event_id drop identity;
create table dot.event_outbox (
  event_id       bigint generated always as identity,
  event_type     text not null check (event_type ~ '^[a-z0-9_]+(\.[a-z0-9_]+)+$'),
  subject        text,
  payload        jsonb not null,
  xid            xid8 not null default pg_current_xact_id(),
  run_id         uuid,
  trace_id       text,
  correlation_id text,
  emitted_at     timestamptz not null default clock_timestamp()
);
comment on table dot.event_outbox is 'Events, append-only, written by fn_event_emit in the transaction of what they tell. event_id is not commit order.';
insert into dot.event_outbox (event_id, event_type, subject, payload, xid, run_id, trace_id, correlation_id, emitted_at)
overriding system value
select event_id, event_type, subject, payload, xid, run_id, trace_id, correlation_id, emitted_at from dot.event_outbox_days;
drop table dot.event_outbox_days;
alter table dot.event_outbox add primary key (event_id);
create index event_outbox_xid on dot.event_outbox (xid);
create index event_outbox_type on dot.event_outbox (event_type, event_id);
do $$
begin
  execute format('alter table dot.event_outbox alter column event_id restart with %s', (select coalesce(max(event_id), 0) + 1 from dot.event_outbox));
end
$$;
reset role;
