-- Nothing here waits: these tables are small, and a migration is one transaction. The functions that are dropped have no
-- files any more, or come back with other parameters.
-- squawk-ignore-file ban-drop-function, constraint-missing-not-valid, require-concurrent-index-creation, ban-drop-constraint, adding-field-with-default, adding-not-nullable-field, disallowed-unique-constraint
-- One declaration makes a registry: what its files own, how they become rows, and a history of every entry that is sealed.
set local role dot_owner;

drop function if exists dot.fn_catalog_fingerprint_policies();
drop function if exists dot.fn_catalog_sync_event_domains(jsonb);
drop function if exists dot.fn_catalog_sync_event_types(jsonb);
drop function if exists dot.fn_catalog_sync_executor_classes(jsonb);
drop function if exists dot.fn_catalog_sync_failure_classes(jsonb);
drop function if exists dot.fn_catalog_sync_job_kinds(jsonb);
drop function if exists dot.fn_catalog_sync_policies(jsonb);
drop function if exists dot.fn_catalog_sync_proposal_kinds(jsonb);
drop function if exists dot.fn_catalog_sync_queues(jsonb);
drop function if exists dot.fn_catalog_sync_registries(jsonb);
drop function if exists dot.fn_catalog_sync_retry_policies(jsonb);
drop function if exists dot.fn_catalog_sync_tags(jsonb);
drop function if exists dot.fn_catalog_sync_templates(jsonb);

alter table dot.registry_catalog
  add column folder text unique,
  add column identity text[] not null default '{}',
  add column owned text[] not null default '{}',
  add column derived text[] not null default '{}',
  add column initial text[] not null default '{}',
  add column reads text[] not null default '{}',
  add column fields jsonb not null default '{}' check (jsonb_typeof(fields) = 'object'),
  add column defaults jsonb not null default '{}' check (jsonb_typeof(defaults) = 'object'),
  add column is_once boolean not null default false,
  add column gone_word text,
  add column derive_function text check (derive_function ~ '^fn_[a-z0-9_]+$'),
  add column after_function text check (after_function ~ '^fn_[a-z0-9_]+$');
comment on table dot.registry_catalog is
  'The registries of the platform, from catalog/registries, as they are expected to be: columns is {name: type}; key_column is null where the key has several columns, which identity then names. candidate: planned, may be absent. validate_function takes an entry as jsonb and says in words what is wrong with it, beyond what its table checks. birth: what an entry may come from. compat: whether an entry may be replaced, or never changes and is followed by another version. folder: where in catalog/ its entries are; a file''s members are columns, but for those that fields renames {member: column} and those that only derive_function reads (reads). owned: the columns that files decide; initial: those that they decide at birth only; derived: those that derive_function(key, entry, row now) fills; defaults: what a file need not say. is_once: files count while the table is empty. gone_word: the status of an entry whose file is gone. after_function(entries) is told what was written.';

-- What each entry of each registry was made by which run. Part of what is sealed of the run.
create table dot.registry_entry_history (
  change_id     bigint generated always as identity primary key,
  registry_code text not null,
  entry_key     text not null,
  run_id        uuid,
  image         jsonb,
  edited        jsonb,
  changed_at    timestamptz not null
);
comment on table dot.registry_entry_history is
  'Every change of every entry of a registry, append-only, written by the trigger record of its table: image is the row as it then was, null when it was deleted. edited is what it had that no change recorded and that this one left as it was {column: value}. The sealed text of a run names the digests of its changes.';
create index registry_entry_history_entry on dot.registry_entry_history (registry_code, entry_key, change_id desc);
create index registry_entry_history_run on dot.registry_entry_history (run_id) where run_id is not null;

-- What registries call settings, users find under that name too; dot_config is theirs from before.
create view dot.settings_registry as select * from dot.dot_config;
comment on view dot.settings_registry is 'The registry settings: gates and settings, which the table dot_config keeps.';

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
              from dot.registry_entry_history h where h.run_id = r.run_id having count(*) > 0)) as run_canonical,
         r.run_id || E'\n' || r.pair::text as verdict_canonical
    from dot.dot_command_run r;
comment on view dot.v_audit_row is
  'The canonical texts of each run. run/1: one line of SQL literals (run_id, command_code, mode, state, risk, args_digest, actor, actor_kind, actor_verified, principal, login, reason, trace_id, span_id, correlation_id, idempotency_key, plan_digest, undo_of, backend_pid, entered_xid, called, attempts, started_at, finished_at), then args, client, plan, outcome, error and effects, each as JSON on a line of its own, or NULL; and for a run that changed entries of registries, how many changes registry_entry_history tells of it and their digest. verdict/1: run_id, then the verdict of the pair as JSON.';
reset role;
