-- Every run has a number, drawn as its transaction commits: one that is missing from the log is missed.
set local role dot_owner;
create sequence dot.dot_command_run_number_seq;
create table dot.dot_command_run_number (
  run_number bigint primary key,
  run_id     uuid not null unique
);
comment on table dot.dot_command_run_number is
  'The number of each run, append-only: drawn from dot_command_run_number_seq as the transaction commits that records the run, so that a transaction that fails before has none. Part of the sealed text of the run.';

create table dot.audit_number_wait (
  one          boolean primary key default true check (one),
  last_number  bigint not null,
  holders      text[] not null,
  taken_at     timestamptz not null
);
comment on table dot.audit_number_wait is
  'How far the numbers of runs were drawn (last_number) when the sealer last looked, and the transactions that were open then (holders: virtual transaction ids of this database), which alone may have drawn one of these numbers and not committed it yet. At most one row.';
-- A server that crashed empties it, which tells that it did.
create unlogged table dot.audit_number_calm (
  one boolean primary key default true check (one)
);
comment on table dot.audit_number_calm is
  'Holds its row while the server has not crashed since the sealer last settled numbers. A crash loses the numbers of transactions that were committing, and up to 32 that a sequence logs ahead.';

create table dot.audit_number_settled (
  from_number bigint primary key,
  to_number   bigint not null,
  void        int8multirange not null,
  lost        int8multirange not null,
  run_id      uuid,
  settled_at  timestamptz not null,
  check (to_number >= from_number)
);
comment on table dot.audit_number_settled is
  'Numbers of runs that nobody can still commit, each range where the one before it ended, from 1 on. void: numbers that no run has, though no crash lost them; lost: those that a crash may have lost. Written as part of audit seal, and sealed with that run.';

create or replace view dot.v_audit_row as
  select r.run_id,
         concat_ws(E'\n',
           concat_ws(',', r.run_id, quote_nullable(r.command_code), quote_nullable(r.mode), quote_nullable(r.state), quote_nullable(r.risk),
             quote_nullable(r.args_digest), quote_nullable(r.actor), quote_nullable(r.actor_kind), r.actor_verified, quote_nullable(r.principal),
             quote_nullable(r.login), quote_nullable(r.reason), quote_nullable(r.trace_id), quote_nullable(r.span_id),
             quote_nullable(r.correlation_id), quote_nullable(r.idempotency_key), quote_nullable(r.plan_digest), coalesce(r.undo_of::text, 'NULL'),
             r.backend_pid, coalesce(r.entered_xid::text, 'NULL'), r.called, r.attempts, r.started_at, coalesce(r.finished_at::text, 'NULL')),
           -- A document goes in as it is; where there is none, the word beside it.
           r.args, r.client, r.plan, case when r.plan is null then 'NULL' end, r.outcome, case when r.outcome is null then 'NULL' end,
           r.error, case when r.error is null then 'NULL' end, r.effects, case when r.effects is null then 'NULL' end,
           -- Only of a run that changed entries, so that the text of all others is what it always was.
           (select jsonb_build_object('changes', count(*), 'sha256', encode(sha256(convert_to(string_agg(concat_ws(E'\n', h.change_id, h.registry_code, h.entry_key,
                     coalesce(h.image::text, 'NULL'), coalesce(h.edited::text, 'NULL')), E'\n' order by h.change_id), 'UTF8')), 'hex'))
              from dot.registry_entry_history h where h.run_id = r.run_id having count(*) > 0),
           -- Only of a run that carried a proposal; before this table was, its effects told of it.
           (select jsonb_build_object('proposal', c.proposal_id, 'judged_xid', c.judged_xid, 'decisions', to_jsonb(c.decisions), 'without_quorum', c.without_quorum)
              from dot.dot_command_run_proposal c where c.run_id = r.run_id),
           -- Only of a run that changed recorded rows. In portions, for there may be many.
           (select jsonb_build_object('rows', sum(p.n), 'sha256', encode(sha256(string_agg(p.digest, ''::bytea order by p.portion)), 'hex'))
              from (select h.change_id / 4096 as portion, count(*) as n,
                           sha256(convert_to(string_agg(concat_ws(E'\n', h.change_id, h.relation, h.row_key, coalesce(h.image::text, 'NULL'),
                             coalesce(h.edited::text, 'NULL')), E'\n' order by h.change_id), 'UTF8')) as digest
                      from dot.dot_row_history h where h.run_id = r.run_id group by 1) p having count(*) > 0),
           -- Only of a run that has a number.
           (select jsonb_build_object('number', n.run_number) from dot.dot_command_run_number n where n.run_id = r.run_id)) as run_canonical,
         r.run_id || E'\n' || r.pair::text as verdict_canonical
    from dot.dot_command_run r;
comment on view dot.v_audit_row is
  'The canonical texts of each run. run/1: one line of SQL literals (run_id, command_code, mode, state, risk, args_digest, actor, actor_kind, actor_verified, principal, login, reason, trace_id, span_id, correlation_id, idempotency_key, plan_digest, undo_of, backend_pid, entered_xid, called, attempts, started_at, finished_at), then args, client, plan, outcome, error and effects, each as JSON on a line of its own, or NULL; and, each only where there is one, {changes, sha256} of what registry_entry_history tells of it, {proposal, …} of dot_command_run_proposal, {rows, sha256} of dot_row_history (the digest of the digests of the changes whose numbers have the same quotient by 4096), and {number} of dot_command_run_number. verdict/1: run_id, then the verdict of the pair as JSON.';
reset role;
