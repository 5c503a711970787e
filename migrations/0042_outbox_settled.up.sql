-- Events are sealed too: not each as it is emitted, but all of a time together once nobody can still commit one of it.
set local role dot_owner;
create table dot.event_outbox_settled (
  origin     bigint not null,
  from_xid   xid8 not null,
  to_xid     xid8 not null,
  day        date not null,
  events     bigint not null check (events > 0),
  digest     bytea not null check (octet_length(digest) = 32),
  run_id     uuid,
  settled_at timestamptz not null,
  primary key (origin, to_xid, day),
  check (to_xid > from_xid)
);
comment on table dot.event_outbox_settled is
  'What the outbox held when it was sealed, append-only: the events of a day (emitted_at, UTC) whose transactions are from_xid up to, not including, to_xid, as numbered by the cluster origin: how many, and the digest of all (fn_event_digest). Each range begins where the one before it ended. Written as part of audit seal, and sealed with that run.';
reset role;
