create or replace function dot.fn_tables_job() returns table (relation text, how text)
language sql immutable set search_path = dot, pg_temp
as $$
  values
    ('executor_class_registry', 'registry'),
    ('retry_policy_registry', 'registry'),
    ('failure_class_registry', 'registry'),
    ('queue_registry', 'registry'),
    ('job_kind_registry', 'registry'),
    ('queue_heartbeat', 'checked by fn_audit_finds_worker_unrecorded'),
    ('job_history', 'checked by fn_audit_finds_job_by_nobody'),
    ('job_schedule', 'recorded'),
    ('job_subscription', 'recorded'),
    ('job_queue', 'left out: work that waits or is done, written without runs at the pace of the queue; its kinds and targets are covered, and what runs commands (fn_audit_finds_wish_edited, fn_audit_finds_end_edited)'),
    ('job_dead_letter', 'left out: work that failed, written by workers at their pace; what runs commands is covered (fn_audit_finds_wish_edited, fn_audit_finds_replay_edited)'),
    ('queue_rate', 'left out: counters of rates'),
    ('idempotency_registry', 'left out: keys of enqueues, which expire'),
    ('job_schedule_fire', 'checked by fn_audit_finds_fire_edited'),
    ('job_batch', 'checked by fn_audit_finds_wish_edited'),
    ('job_duty', 'left out: what of housekeeping fails at the moment'),
    ('job_stopping', 'left out: cancelled jobs that may still run; gone when they do not'),
    ('job_lane', 'left out: derived from queues, classes and gates'),
    ('job_key_lock', 'left out: its rows hold nothing, they are only locked'),
    ('dlq_replay', 'left out: how far a replay has come; its request is a run, and its approval a decision'),
    ('dlq_replay_item', 'left out: how far a replay has come')
$$;
comment on function dot.fn_tables_job() is
  'For fn_audit_coverage: how audit verify covers each table of domain job. recorded: every change of a row is kept and sealed with its run (fn_row_record); registry: so are its entries; sealed: it is the log, or sealed with its runs; checked by: the function that holds it to something else; left out: why.';
create or replace trigger record after insert or update or delete on dot.job_schedule for each row execute function dot.fn_row_record('schedule_code', 'next_at');
create or replace trigger record after insert or update or delete on dot.job_subscription for each row execute function dot.fn_row_record('subscription_code');
alter table dot.job_schedule enable always trigger record;
alter table dot.job_subscription enable always trigger record;
