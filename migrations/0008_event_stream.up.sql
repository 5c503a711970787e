-- squawk-ignore-file ban-drop-function, renaming-table, renaming-object, ban-alter-identity, require-concurrent-index-deletion, ban-drop-constraint, require-concurrent-index-creation
-- The outbox in partitions of a day, and what reads it: ticks, subscriptions, their cursors, routes. The events of before
-- stay where they are: their table becomes the first partition.
set local role dot_owner;

-- The parameters or the result of these change. Their files create them anew.
drop function if exists dot.fn_event_emit(text, jsonb, text);
drop function if exists dot.fn_consumer_list();

alter table dot.event_outbox rename to event_outbox_first;
alter table dot.event_outbox_first alter column event_id drop identity;
alter table dot.event_outbox_first drop constraint event_outbox_pkey;
alter table dot.event_outbox_first rename constraint event_outbox_event_type_check to event_type_is_a_path;
drop index dot.event_outbox_xid;
drop index dot.event_outbox_type;
alter table dot.event_outbox_first
  add column schema_version text,
  add column key text,
  add column span_id text,
  add column producer_class text,
  add column producer text;

create table dot.event_outbox (
  event_id       bigint not null generated always as identity,
  event_type     text not null,
  schema_version text,
  key            text,
  subject        text,
  payload        jsonb not null,
  xid            xid8 not null default pg_current_xact_id(),
  origin         bigint not null,
  producer_class text,
  producer       text,
  run_id         uuid,
  trace_id       text,
  span_id        text,
  correlation_id text,
  emitted_at     timestamptz not null default clock_timestamp(),
  primary key (event_id, emitted_at),
  constraint event_type_is_a_path check (event_type ~ '^[a-z0-9_]+(\.[a-z0-9_]+)+$')
) partition by range (emitted_at);
comment on table dot.event_outbox is
  'Events, append-only, written by fn_event_emit and fn_event_emit_many in the transaction of what they tell, partitioned by day of emitted_at (UTC). event_id is neither commit order nor without gaps: readers go by xid, the transaction that emitted, as numbered by the cluster origin (its system identifier). Events of one key are in the order of event_id. producer_class (human, agent, ci, service) and producer are who acted. schema_version is what the payload was valid under. Of events from before there were schemas, version and producer are null.';
create index event_outbox_xid on dot.event_outbox (xid, event_id);
create index event_outbox_type on dot.event_outbox (event_type, event_id);
create index event_outbox_key on dot.event_outbox (key, event_id) where key is not null;
create index event_outbox_trace on dot.event_outbox (trace_id, event_id) where trace_id is not null;
create index event_outbox_correlation on dot.event_outbox (correlation_id, event_id) where correlation_id is not null;

-- Both bounds are of the day of the migration. The last partition is open, so that an event always has a place:
-- housekeeping cuts days off it ahead of time.
do $$
declare
  v_tomorrow timestamptz := (date_trunc('day', now() at time zone 'UTC') + interval '1 day') at time zone 'UTC';
begin
  execute format('alter table dot.event_outbox_first add column origin bigint not null default %s', (select system_identifier from pg_control_system()));
  alter table dot.event_outbox_first alter column origin drop default;
  execute format('alter table dot.event_outbox attach partition dot.event_outbox_first for values from (minvalue) to (%L)', v_tomorrow);
  execute format('create table dot.event_outbox_later partition of dot.event_outbox for values from (%L) to (maxvalue)', v_tomorrow);
  execute format('alter table dot.event_outbox alter column event_id restart with %s',
    (select coalesce(max(event_id), 0) + 1 from dot.event_outbox_first));
end
$$;

create table dot.event_tick (
  tick_id      bigint generated always as identity primary key,
  origin       bigint not null,
  snapshot     pg_snapshot not null,
  past_origins bigint[] not null default '{}',
  past_xids    xid8[] not null default '{}',
  ticked_at    timestamptz not null default clock_timestamp(),
  check (cardinality(past_origins) = cardinality(past_xids))
);
comment on table dot.event_tick is
  'Moments in the order of commits: an event is behind a tick when its transaction is visible in snapshot. A batch is what is behind one tick and not behind an earlier one. origin is the cluster whose transactions snapshot counts; of every other cluster that the database came from, the events up to past_xids are behind it. Ticks of one cluster are ordered by their snapshots; tick_id only names them.';

create table dot.event_subscription (
  subscription_code text primary key check (subscription_code ~ '^[a-z0-9_]+([-.][a-z0-9_]+)*$'),
  summary           text not null,
  owner             text not null check (owner <> ''),
  deliver           text not null check (deliver in ('cursor', 'function', 'job', 'topic')),
  consumer_code     text references dot.consumer_registry,
  topic             text check (topic ~ '^[a-z0-9_]+(\.[a-z0-9_]+)*$' and length(topic) <= 63),
  event_types       text[] not null default '{}',
  keys              text[] not null default '{}',
  path              jsonpath,
  path_judges       boolean not null default false,
  max_lag           interval check (max_lag > interval '0'),
  status            text not null default 'active' check (status in ('active', 'paused', 'expired', 'dropped')),
  epoch             bigint not null default 1,
  created_at        timestamptz not null default clock_timestamp(),
  changed_at        timestamptz not null default clock_timestamp(),
  run_id            uuid,
  constraint a_function_has_its_consumer check ((deliver = 'function') = (consumer_code is not null)),
  constraint a_topic_has_its_name check ((deliver = 'topic') = (topic is not null))
);
comment on table dot.event_subscription is
  'Who reads the outbox and what of it. event_types: names, or prefixes ending in .*; empty is all. keys: empty is all. path filters payloads: path_judges says that it is a predicate, else an event passes when the path finds something. One that is behind by more than max_lag no longer keeps events from being dropped, and is expired once it has lost some. epoch grows when it is paused, resumed or moved, so that whoever read before cannot acknowledge. The row changes rarely; where it stands is in event_cursor.';
create unique index event_subscription_consumer on dot.event_subscription (consumer_code) where consumer_code is not null and status <> 'dropped';

create table dot.event_cursor (
  subscription_code text not null,
  position_no       bigint not null,
  epoch             bigint not null,
  from_tick         bigint not null,
  to_tick           bigint,
  after_event       bigint not null default 0,
  floor_event       bigint,
  last_event        bigint,
  slot              smallint not null,
  moved_at          timestamptz not null default clock_timestamp(),
  run_id            uuid,
  check (to_tick is not null or (after_event = 0 and floor_event is null)),
  check ((to_tick is null) = (last_event is null))
) partition by list (slot);
comment on table dot.event_cursor is
  'Where each subscription stands: its row with the highest position_no. All that is behind from_tick (0: nothing) is read, and of what is behind to_tick, a batch that is being read in slices, all up to after_event. Its last event is last_event, and no event of a transaction that began after from_tick is below floor_event. Append-only; slot is the day modulo 3, and housekeeping empties the slot of tomorrow once it has copied the last positions out of it.';
create table dot.event_cursor_0 partition of dot.event_cursor for values in (0);
create table dot.event_cursor_1 partition of dot.event_cursor for values in (1);
create table dot.event_cursor_2 partition of dot.event_cursor for values in (2);
create index event_cursor_newest on dot.event_cursor (subscription_code, position_no);

create table dot.iu_sql_event_route (
  route_code    text primary key check (route_code ~ '^[a-z0-9]+([-._][a-z0-9]+)*$'),
  event_type    text not null,
  path          jsonpath,
  consumer_code text not null references dot.consumer_registry,
  summary       text not null,
  status        text not null default 'active' check (status in ('active', 'deprecated', 'archived')),
  registered_at timestamptz not null default clock_timestamp()
);
comment on table dot.iu_sql_event_route is
  'Which events of a type go to a consumer: those in whose payload path finds something (null: all). A consumer with an active route for a type gets what its routes let through, also of types that its own list leaves out.';
create index iu_sql_event_route_type on dot.iu_sql_event_route (event_type);

-- Generated anew whenever an event type or the gate changes.
create function dot_compiled.emit_version(p_event_type text, p_class text, p_payload jsonb) returns text
language sql immutable parallel safe as 'select null::text';
comment on function dot_compiled.emit_version(text, text, jsonb) is
  'The version under which a producer of a class may emit a payload, told without reading a table: the one in force of a type whose schema is compiled. Null where it cannot tell, or the answer is no.';

create function dot_compiled.emit_notifies() returns boolean
language sql immutable parallel safe as 'select false';
comment on function dot_compiled.emit_notifies() is 'Whether gate event.notify.enabled is open. Generated anew whenever it changes.';

-- What a subscription's cursor has passed, and what it has not: one row for each event and subscription that wants it.
create view dot.event_standing as
select s.subscription_code, e.event_id, e.event_type, e.schema_version, e.key, e.subject, e.payload, e.trace_id, e.correlation_id, e.emitted_at,
       coalesce(case
         when a.tick_id is null then false
         when e.origin is not distinct from a.origin then pg_visible_in_snapshot(e.xid, a.snapshot)
         else e.xid <= a.past_xids[array_position(a.past_origins, e.origin)] end, false)
       or coalesce(e.event_id <= c.after_event and case
         when z.tick_id is null then false
         when e.origin is not distinct from z.origin then pg_visible_in_snapshot(e.xid, z.snapshot)
         else e.xid <= z.past_xids[array_position(z.past_origins, e.origin)] end, false) as is_read
  from dot.event_subscription s
 cross join lateral (
    select p.from_tick, p.to_tick, p.after_event from dot.event_cursor p
     where p.subscription_code = s.subscription_code order by p.position_no desc limit 1) c
  left join dot.event_tick a on a.tick_id = c.from_tick
  left join dot.event_tick z on z.tick_id = c.to_tick
  join dot.event_outbox e
    on (cardinality(s.event_types) = 0
        or exists (select 1 from unnest(s.event_types) t where e.event_type = t or (t like '%.*' and starts_with(e.event_type, left(t, -1)))))
   and (cardinality(s.keys) = 0 or e.key = any (s.keys))
   and (s.path is null or case when s.path_judges then e.payload @@ s.path else e.payload @? s.path end)
 where s.status <> 'dropped';
comment on view dot.event_standing is 'Every event that a subscription wants, with whether its cursor has passed it. It reads the whole outbox; what is only counted comes cheaper from fn_event_lag.';
create view dot.event_pending as
select subscription_code, event_id, event_type, schema_version, key, subject, payload, trace_id, correlation_id, emitted_at
  from dot.event_standing where not is_read;
comment on view dot.event_pending is 'What is unread: committed events that a subscription wants and its cursor has not passed.';
create view dot.event_read as
select subscription_code, event_id, event_type, schema_version, key, subject, payload, trace_id, correlation_id, emitted_at
  from dot.event_standing where is_read;
comment on view dot.event_read is 'What is read: events that a subscription wants and its cursor has passed, as long as they are kept.';
reset role;
