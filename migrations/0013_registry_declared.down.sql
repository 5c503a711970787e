-- squawk-ignore-file ban-drop-table, ban-drop-column, ban-drop-function
-- The functions that the files of these versions bring are created by the next apply of their program.
set local role dot_owner;

do $$
declare
  v_trigger record;
begin
  -- They write into the history that goes.
  for v_trigger in
    select t.tgname, t.tgrelid::regclass as relation from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where c.relnamespace = 'dot'::regnamespace and t.tgfoid = to_regproc('dot.fn_registry_record')
  loop
    execute format('drop trigger %I on %s', v_trigger.tgname, v_trigger.relation);
  end loop;
end
$$;

drop function if exists dot.fn_registry_baseline(dot.registry_catalog);
drop function if exists dot.fn_registry_guard(dot.registry_catalog);
drop function if exists dot.fn_registry_guards(dot.registry_catalog);
drop function if exists dot.fn_registry_row(dot.registry_catalog, text, jsonb, jsonb);
drop function if exists dot.fn_registry_sync(dot.registry_catalog, jsonb);
drop function if exists dot.fn_registry_table(dot.registry_catalog);

drop view dot.v_audit_row;
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
drop view dot.settings_registry;
drop table dot.registry_entry_history;
alter table dot.registry_catalog
  drop column folder, drop column identity, drop column owned, drop column derived, drop column initial, drop column reads, drop column fields,
  drop column defaults, drop column is_once, drop column gone_word, drop column derive_function, drop column after_function;
comment on table dot.registry_catalog is
  'The registries of the platform, from catalog/registries, as they are expected to be: columns is {name: type}; key_column is null where the key has several columns. candidate: planned, may be absent. validate_function takes an entry as jsonb and says in words what is wrong with it, beyond what its table checks. birth: what an entry may come from. compat: whether an entry may be replaced, or never changes and is followed by another version.';
reset role;
