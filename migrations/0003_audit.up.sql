-- The tamper-evident log over the audit: what waits to be sealed, what is sealed, and the statements signed over it.
set local role dot_owner;

create table dot.audit_pending (
  run_id uuid not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
comment on table dot.audit_pending is
  'Runs that have something to seal: their outcome, or the verdict that came after it. Written by trigger in the transaction of the change, so that no commit, however late, is missed; taken out by fn_audit_seal.';

create table dot.audit_leaf (
  leaf_index bigint primary key check (leaf_index >= 0),
  leaf_kind  text not null check (leaf_kind in ('run/1', 'verdict/1')),
  run_id     uuid not null,
  canonical  text not null,
  leaf_hash  bytea not null check (octet_length(leaf_hash) = 32),
  unique (run_id, leaf_kind)
);
-- Compressing would save little and cost every verification.
alter table dot.audit_leaf alter column canonical set storage external;
comment on table dot.audit_leaf is
  'The sealed log, append-only and dense from 0. An entry is the text "<leaf_index> <leaf_kind>", a line feed, and canonical; leaf_hash is its RFC 6962 leaf hash, the sha-256 of a zero byte and the entry. Written by fn_audit_seal only.';

create table dot.audit_checkpoint (
  checkpoint_id bigint generated always as identity primary key,
  size          bigint not null check (size >= 0),
  root          bytea not null check (octet_length(root) = 32),
  origin        text not null check (origin <> ''),
  key_id        text not null check (key_id ~ '^[0-9a-f]{8}$'),
  note          text not null,
  frontier      bytea not null check (octet_length(frontier) % 32 = 0),
  run_id        uuid,
  made_at       timestamptz not null
);
comment on table dot.audit_checkpoint is
  'Signed statements on the log, append-only: note is a C2SP tlog-checkpoint that says the log of this origin has this size and RFC 6962 root. frontier holds the roots of the perfect subtrees of the first size leaves, largest first, from which the next root is computed without reading those leaves again.';
create index on dot.audit_checkpoint (size, checkpoint_id);

-- The few runs that tell what governed objects should be like, found among a million others. Building it reads the audit
-- once and keeps almost nothing, and a migration is one transaction.
-- squawk-ignore require-concurrent-index-creation
create index dot_command_run_governing on dot.dot_command_run (command_code, finished_at desc)
  where state = 'succeeded' and mode <> 'read' and command_code in ('gate set', 'catalog sync', 'migrate apply', 'migrate revert',
    'proposal approve', 'proposal reject', 'proposal request-changes', 'proposal review');

-- The canonical texts hold times, so every function that uses them pins timezone UTC and datestyle ISO. A column of
-- dot_command_run that is added later needs a new kind of leaf; a test says so.
create view dot.v_audit_row as
  select r.run_id,
         concat_ws(E'\n',
           concat_ws(',', r.run_id, quote_nullable(r.command_code), quote_nullable(r.mode), quote_nullable(r.state), quote_nullable(r.risk),
             quote_nullable(r.args_digest), quote_nullable(r.actor), quote_nullable(r.actor_kind), r.actor_verified, quote_nullable(r.principal),
             quote_nullable(r.login), quote_nullable(r.reason), quote_nullable(r.trace_id), quote_nullable(r.span_id),
             quote_nullable(r.correlation_id), quote_nullable(r.idempotency_key), quote_nullable(r.plan_digest), coalesce(r.undo_of::text, 'NULL'),
             r.backend_pid, coalesce(r.entered_xid::text, 'NULL'), r.called, r.attempts, r.started_at, coalesce(r.finished_at::text, 'NULL')),
           -- A document goes in as it is; where there is none, the word beside it.
           r.args, r.client, r.plan, case when r.plan is null then 'NULL' end, r.outcome, case when r.outcome is null then 'NULL' end,
           r.error, case when r.error is null then 'NULL' end, r.effects, case when r.effects is null then 'NULL' end) as run_canonical,
         r.run_id || E'\n' || r.pair::text as verdict_canonical
    from dot.dot_command_run r;
comment on view dot.v_audit_row is
  'The canonical texts of each run. run/1: one line of SQL literals (run_id, command_code, mode, state, risk, args_digest, actor, actor_kind, actor_verified, principal, login, reason, trace_id, span_id, correlation_id, idempotency_key, plan_digest, undo_of, backend_pid, entered_xid, called, attempts, started_at, finished_at), then args, client, plan, outcome, error and effects, each as JSON on a line of its own, or NULL. verdict/1: run_id, then the verdict of the pair as JSON.';
reset role;
