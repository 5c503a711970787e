-- squawk-ignore-file require-concurrent-index-creation
-- Every change of a governed row is recorded, with the run that made it, and sealed with that run.
set local role dot_owner;
create table dot.dot_row_history (
  change_id  bigint generated always as identity primary key,
  relation   text not null,
  row_key    text not null,
  run_id     uuid,
  image      jsonb,
  edited     jsonb,
  changed_at timestamptz not null default clock_timestamp()
);
comment on table dot.dot_row_history is
  'Every change of a row of a recorded table (fn_row_record), append-only. relation: the table; row_key: the values of its key; image: the row as the change left it (fn_row_image), null for one that was deleted; run_id: the run that made it, null where there was none; edited: what the row had before that no change recorded. The key * is where the history of a table starts. Sealed with its run.';
create index dot_row_history_row on dot.dot_row_history (relation, row_key, change_id desc);
create index dot_row_history_run on dot.dot_row_history (run_id) where run_id is not null;
create index dot_row_history_nobody on dot.dot_row_history (change_id) where run_id is null;

create table dot.schema_compiled (
  function_name text primary key,
  major         int not null,
  digest        text not null
);
comment on table dot.schema_compiled is
  'The functions of schema dot_compiled, as they were when the platform made them: digest is the sha-256 of pg_get_functiondef, in hexadecimal, on a server of this major version; another one may write the same function otherwise.';

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
                      from dot.dot_row_history h where h.run_id = r.run_id group by 1) p having count(*) > 0)) as run_canonical,
         r.run_id || E'\n' || r.pair::text as verdict_canonical
    from dot.dot_command_run r;
comment on view dot.v_audit_row is
  'The canonical texts of each run. run/1: one line of SQL literals (run_id, command_code, mode, state, risk, args_digest, actor, actor_kind, actor_verified, principal, login, reason, trace_id, span_id, correlation_id, idempotency_key, plan_digest, undo_of, backend_pid, entered_xid, called, attempts, started_at, finished_at), then args, client, plan, outcome, error and effects, each as JSON on a line of its own, or NULL; and, each only where there is one, {changes, sha256} of what registry_entry_history tells of it, {proposal, …} of dot_command_run_proposal, and {rows, sha256} of dot_row_history (the digest of the digests of the changes whose numbers have the same quotient by 4096). verdict/1: run_id, then the verdict of the pair as JSON.';
create or replace view dot.command_hook (hook, function_name, summary) as
  values ('entry_used', 'fn_registry_used', 'Takes a registry and a key: warns where the entry is deprecated'),
         ('approval_excused', 'fn_breakglass_excuses', 'Takes a command and its risk: null where it may do without its approval now, else what to do instead'),
         ('job_wanted_by', 'fn_job_wanted_by', 'Takes a job and the token of its lease: who wants it, {actor, kind, principal}, null where the login holds no such lease'),
         ('carried_args', 'fn_proposal_args', 'Takes a proposal and a command: the arguments with which a run of the command may carry it, null where it may not'),
         ('carried_begins', 'fn_proposal_run_begins', 'Takes a proposal and {command, mode} of a run that begins with it: {refusal} where it may not carry it, else {plan} that it is held against'),
         ('carried_enters', 'fn_proposal_run_enters', 'Takes a proposal and {run_id} of a run that enters the transaction of its effect: judges the proposal, raises where it may not be carried out'),
         ('carried_succeeds', 'fn_proposal_run_succeeds', 'Takes a proposal and {run_id, outcome} of a run that has succeeded: marks the proposal as carried out'),
         ('schema_altered', 'fn_row_settle', 'Takes a run that alters the schema, at its end, and {}: makes what it changed before it entered its transaction its own');
comment on view dot.command_hook is
  'The functions of higher domains that the domain command calls, each with what for: (text, text) returning text, which write nothing, and (uuid, jsonb) returning jsonb, which may. It is made by migrations only, so that every change of it is seen as a change of the schema.';
reset role;
