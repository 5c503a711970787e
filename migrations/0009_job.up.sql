-- Jobs: the registries of queues, kinds, executors, retries and failures; the hot table of live jobs; the history of ended
-- ones; dead letters; workers; schedules; batches; and what makes a request the same request.
set local role dot_owner;

-- Who carries out jobs, and by which rules.

create table dot.executor_class_registry (
  executor_class      text primary key check (executor_class ~ '^[a-z][a-z0-9_]*$'),
  class_id            smallint generated always as identity unique,
  executor_kind       text not null check (executor_kind in ('database', 'program', 'network', 'person')),
  mutating            boolean not null,
  is_leased           boolean not null,
  heartbeat_caller_fn text check (heartbeat_caller_fn ~ '^fn_[a-z0-9_]+$'),
  summary             text not null,
  status              text not null default 'active' check (status in ('active', 'retired')),
  constraint a_lease_is_kept_by_heartbeats check (is_leased = (heartbeat_caller_fn is not null))
);
comment on table dot.executor_class_registry is
  'Who carries out jobs. is_leased: a worker claims the job and keeps its lease by calling heartbeat_caller_fn; else the job is done within one transaction (sql) or by a person (human).';

create table dot.retry_policy_registry (
  retry_policy   text primary key check (retry_policy ~ '^[a-z][a-z0-9_]*$'),
  max_attempts   int not null check (max_attempts between 1 and 1000),
  first_delay    interval not null check (first_delay >= interval '0'),
  factor         numeric not null default 2 check (factor >= 1),
  longest_delay  interval not null check (longest_delay >= first_delay),
  jitter         numeric not null default 0.1 check (jitter between 0 and 1),
  summary        text not null,
  status         text not null default 'active' check (status in ('active', 'retired'))
);
comment on table dot.retry_policy_registry is
  'How often and when a failed job is tried again: after first_delay × factor^(attempts-1), at most longest_delay, give or take jitter of it.';

create table dot.failure_class_registry (
  failure_class text primary key check (failure_class ~ '^[a-z][a-z0-9_]*$'),
  is_transient  boolean not null,
  counts        boolean not null default true,
  retry_policy  text references dot.retry_policy_registry deferrable initially deferred,
  sqlstates     text[] not null default '{}',
  summary       text not null,
  status        text not null default 'active' check (status in ('active', 'retired'))
);
comment on table dot.failure_class_registry is
  'What kinds of failures there are. A transient one is tried again, by retry_policy where it names one, else by the policy of the job''s kind; one that does not count costs the job no attempt. sqlstates: the five-character codes, or their first two characters, that PostgreSQL errors of this class have.';

create table dot.queue_registry (
  queue_code   text primary key check (queue_code ~ '^[a-z][a-z0-9_]*([.-][a-z0-9_]+)*$'),
  queue_id     smallint generated always as identity unique,
  weight       smallint not null default 1 check (weight between 1 and 1000),
  max_running  int check (max_running > 0),
  rate_limit   int check (rate_limit > 0),
  rate_period  interval check (rate_period > interval '0'),
  owner        text not null default 'job',
  summary      text not null,
  status       text not null default 'active' check (status in ('active', 'paused', 'retired')),
  constraint a_rate_has_a_period check ((rate_limit is null) = (rate_period is null))
);
comment on table dot.queue_registry is
  'Queues. A worker of several takes from each by its weight. At most max_running jobs run at once and rate_limit start in rate_period. Paused: enqueued to, not claimed from. Retired: neither.';

create table dot.job_kind_registry (
  job_kind      text primary key check (job_kind ~ '^[a-z0-9_]+(\.[a-z0-9_]+)+$'),
  kind_id       int generated always as identity unique,
  executor_class text not null references dot.executor_class_registry deferrable initially deferred,
  target        jsonb not null default '{}' check (jsonb_typeof(target) = 'object'),
  queue_code    text not null references dot.queue_registry deferrable initially deferred,
  priority      smallint not null default 5 check (priority between 0 and 9),
  retry_policy  text not null references dot.retry_policy_registry deferrable initially deferred,
  timeout       interval not null default interval '1 minute' check (timeout > interval '0'),
  lease         interval not null default interval '1 minute' check (lease >= interval '1 second'),
  key_limit     smallint not null default 1 check (key_limit > 0),
  owner         text not null default 'job',
  summary       text not null,
  status        text not null default 'active' check (status in ('active', 'deprecated', 'retired'))
);
comment on table dot.job_kind_registry is
  'What jobs there are: who carries one out, what exactly (target, by class: sql {function, set}, dot {command}, external_api {method, url}, ai_agent {program, args}, notification {channel}, render {template}), in which queue, how often, how long. At most key_limit jobs with one concurrency key run at once.';

-- The hot table: live jobs only, narrow, its state in partial indexes that a claim, a promotion and a rescue each read a few
-- entries of. It has no check constraints: every statement would prepare each of them anew, a third of the cost of an enqueue.
-- Only the functions of jobs write it.

create sequence dot.job_seq;
comment on sequence dot.job_seq is 'Job numbers, and the places in line that a job takes when it becomes ready; one sequence, so that a later place is a larger number.';

create table dot.job_queue (
  job_id          bigint primary key,
  ready_seq       bigint not null,
  run_at          timestamptz not null,
  claimed_at      timestamptz,
  deadline_at     timestamptz,
  enqueued_at     timestamptz not null,
  lease_token     bigint not null default 0,
  kind_id         int not null,
  queue_id        smallint not null,
  class_id        smallint not null,
  priority        smallint not null,
  attempts        smallint not null default 0,
  slot            smallint,
  -- One byte, for it is in every row and every claim changes it.
  -- squawk-ignore ban-char-field
  state           "char" not null,
  worker_id       uuid,
  dead_letter_id  bigint,
  batch_id        uuid,
  run_id          uuid,
  concurrency_key text,
  unique_key      text,
  trace_id        text,
  correlation_id  text,
  enqueued_by     text not null default session_user,
  last_error      jsonb,
  payload         jsonb not null
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000,
        autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 1000000, autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 100000);
comment on table dot.job_queue is
  'Live jobs. state: r ready, in line at ready_seq; d deferred until run_at; x running under lease_token, which grows with every claim, until deadline_at. dead_letter_id: this job replays that dead letter. Ended jobs are in job_history.';
-- Predicates are literals: a plan made for parameters would not use these indexes.
create index job_queue_ready on dot.job_queue (queue_id, class_id, priority, ready_seq) where state = 'r' and concurrency_key is null;
create index job_queue_keyed on dot.job_queue (queue_id, class_id, priority, concurrency_key, ready_seq) where state = 'r' and concurrency_key is not null;
create index job_queue_deferred on dot.job_queue (run_at) where state = 'd';
create index job_queue_running on dot.job_queue (deadline_at) where state = 'x';
create unique index job_queue_slot on dot.job_queue (concurrency_key, slot) where state = 'x' and concurrency_key is not null;
create unique index job_queue_unique on dot.job_queue (unique_key) where unique_key is not null;
create index job_queue_batch on dot.job_queue (batch_id) where batch_id is not null;
create index job_queue_correlation on dot.job_queue (correlation_id) where correlation_id is not null;

create table dot.job_history (
  job_id          bigint not null,
  finished_at     timestamptz not null,
  enqueued_at     timestamptz not null,
  run_at          timestamptz not null,
  claimed_at      timestamptz,
  lease_token     bigint not null,
  kind_id         int not null,
  queue_id        smallint not null,
  class_id        smallint not null,
  priority        smallint not null,
  attempts        smallint not null,
  -- squawk-ignore ban-char-field
  outcome         "char" not null,
  worker_id       uuid,
  dead_letter_id  bigint,
  batch_id        uuid,
  run_id          uuid,
  concurrency_key text,
  unique_key      text,
  trace_id        text,
  correlation_id  text,
  enqueued_by     text not null,
  payload         jsonb not null,
  result          jsonb,
  primary key (job_id, finished_at)
) partition by range (finished_at);
comment on table dot.job_history is
  'Ended jobs, one row each, by day of their end. outcome: s succeeded, x dead (its dead letter says why), c cancelled. Written in the transaction that ends the job.';

create table dot.job_dead_letter (
  dead_letter_id  bigint generated always as identity primary key,
  job_id          bigint not null unique,
  kind_id         int not null,
  queue_id        smallint not null,
  priority        smallint not null,
  attempts        smallint not null,
  failure_class   text not null,
  reason          text not null check (reason in ('permanent', 'attempts_exhausted')),
  error           jsonb not null,
  state           text not null default 'open' check (state in ('open', 'replayed', 'discarded')),
  died_at         timestamptz not null,
  -- The dead letter that this job had been a replay of.
  replay_of       bigint references dot.job_dead_letter,
  replay_job_id   bigint,
  settled_at      timestamptz,
  settled_run_id  uuid,
  concurrency_key text,
  unique_key      text,
  trace_id        text,
  correlation_id  text,
  enqueued_by     text not null,
  payload         jsonb not null,
  constraint what_is_settled_says_when check ((state = 'open') = (settled_at is null))
);
comment on table dot.job_dead_letter is
  'Jobs that failed for good, with what is needed to run them again. replay_job_id: the job that runs it again.';
create index job_history_trace on dot.job_history (trace_id) where trace_id is not null;
create index job_history_batch on dot.job_history (batch_id) where batch_id is not null;

create index job_dead_letter_open on dot.job_dead_letter (queue_id, kind_id, dead_letter_id) where state = 'open';
create index job_dead_letter_died on dot.job_dead_letter (died_at);

-- Workers.

create table dot.queue_heartbeat (
  worker_id  uuid primary key,
  worker     text not null,
  host       text not null,
  pid        int not null,
  version    text not null,
  queues     text[] not null,
  classes    text[] not null,
  login      text not null default session_user,
  state      text not null check (state in ('active', 'draining', 'stopped', 'silent')),
  is_idle    boolean not null default false,
  running    int not null default 0,
  done       bigint not null default 0,
  failed     bigint not null default 0,
  started_at timestamptz not null,
  seen_at    timestamptz not null
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200);
comment on table dot.queue_heartbeat is
  'One row for each start of a worker. Only its key is indexed, so that a heartbeat touches no index.';

-- What limits and repeats.

create table dot.queue_rate (
  queue_id    smallint primary key,
  tokens      double precision not null,
  refilled_at timestamptz not null
) with (fillfactor = 50);
comment on table dot.queue_rate is 'The token bucket of each queue with a rate limit: tokens left at refilled_at.';

create table dot.idempotency_registry (
  namespace   text not null check (namespace <> ''),
  key         text not null check (key <> ''),
  args_digest text not null,
  job_id      bigint,
  result      jsonb,
  created_at  timestamptz not null,
  expires_at  timestamptz not null,
  primary key (namespace, key)
);
comment on table dot.idempotency_registry is
  'The first answer to each request, by namespace and key: a second one with equal arguments gets it, one with other arguments is a conflict. Forgotten after expires_at.';
create index idempotency_registry_expires on dot.idempotency_registry (expires_at);

create table dot.job_schedule (
  schedule_code text primary key check (schedule_code ~ '^[a-z0-9_]+([.-][a-z0-9_]+)*$'),
  cron          text not null,
  time_zone     text not null default 'UTC',
  job_kind      text not null references dot.job_kind_registry,
  payload       jsonb not null default '{}',
  catch_up      text not null default 'last' check (catch_up in ('none', 'last', 'all')),
  status        text not null default 'active' check (status in ('active', 'paused', 'retired')),
  next_at       timestamptz,
  owner         text not null default 'job',
  summary       text not null,
  created_at    timestamptz not null default clock_timestamp()
);
comment on table dot.job_schedule is
  'Jobs that are due again and again. next_at is the next fire time; catch_up says what becomes of those missed while nobody was there to fire: none, only the last, or all of them.';
create index job_schedule_due on dot.job_schedule (next_at) where status = 'active';

create table dot.job_schedule_fire (
  schedule_code text not null,
  fire_at       timestamptz not null,
  job_id        bigint,
  fired_at      timestamptz not null,
  primary key (schedule_code, fire_at)
);
comment on table dot.job_schedule_fire is 'Every fire time of every schedule, once: the key is what keeps two schedulers from firing it twice. job_id is null for one that was skipped.';

create table dot.job_batch (
  batch_id     uuid primary key,
  title        text not null,
  total        bigint not null default 0,
  is_sealed    boolean not null default false,
  on_complete  jsonb,
  created_at   timestamptz not null,
  completed_at timestamptz,
  complete_job_id bigint,
  run_id       uuid
);
comment on table dot.job_batch is
  'Jobs that belong together. Once sealed, nothing is added; when none of its jobs lives any more it is complete, and the job of on_complete {kind, payload} is enqueued.';
create index job_batch_open on dot.job_batch (created_at) where completed_at is null;

create table dot.job_subscription (
  subscription_code text primary key,
  job_kind          text not null references dot.job_kind_registry,
  queue_code        text references dot.queue_registry,
  priority          smallint check (priority between 0 and 9),
  key_path          jsonpath,
  batch_size        int not null default 1000 check (batch_size between 1 and 10000),
  status            text not null default 'active' check (status in ('active', 'paused', 'retired')),
  summary           text not null,
  created_at        timestamptz not null default clock_timestamp()
);
comment on table dot.job_subscription is
  'Event subscriptions that are delivered as jobs: each event of the subscription becomes one job of job_kind, in the transaction that moves its cursor. key_path picks the concurrency key out of the event''s payload.';

-- What every enqueue and claim asks: gates, queues and executor classes come together here, so that it reads one row.

create table dot.job_lane (
  executor_class text not null,
  queue_code     text not null,
  queue_id       smallint not null,
  class_id       smallint not null,
  weight         smallint not null,
  max_running    int,
  rate_limit     int,
  rate_period    interval,
  can_enqueue    boolean not null,
  can_claim      boolean not null,
  primary key (executor_class, queue_code)
);
comment on table dot.job_lane is
  'The lines of jobs, one for each executor class and queue, and whether jobs may be put in and taken out as the gates and registries stand. Derived: kept by triggers of dot_config, queue_registry and executor_class_registry.';

create view dot.v_job_lane as
  select l.executor_class, l.queue_code, l.queue_id, l.class_id, l.weight, l.max_running, l.rate_limit, l.rate_period,
         exists (select 1 from dot.job_queue j where j.state = 'r' and j.concurrency_key is not null and j.queue_id = l.queue_id and j.class_id = l.class_id) as is_keyed
    from dot.job_lane l where l.can_claim;
comment on view dot.v_job_lane is 'The lines that jobs may be taken from. is_keyed: some of the line have a concurrency key.';

-- What waits, runs and has died, for people and programs that read.

create view dot.v_job_queue_backlog as
  select j.job_id, q.queue_code, k.job_kind, j.priority, case j.state when 'r' then 'ready' else 'deferred' end as state, j.run_at, j.attempts, j.enqueued_at,
         j.concurrency_key, j.unique_key, j.correlation_id, j.last_error, j.payload
    from dot.job_queue j join dot.queue_registry q using (queue_id) join dot.job_kind_registry k using (kind_id)
   where j.state in ('r', 'd');
comment on view dot.v_job_queue_backlog is 'Jobs that wait, ready or deferred until run_at.';

create view dot.v_job_queue_in_progress as
  select j.job_id, q.queue_code, k.job_kind, j.priority, j.attempts, j.lease_token, j.worker_id, h.worker, h.state as worker_state, j.claimed_at, j.deadline_at,
         j.concurrency_key, j.slot, j.correlation_id, j.payload
    from dot.job_queue j join dot.queue_registry q using (queue_id) join dot.job_kind_registry k using (kind_id)
    left join dot.queue_heartbeat h using (worker_id)
   where j.state = 'x';
comment on view dot.v_job_queue_in_progress is 'Jobs that run under a lease, with their worker.';

create view dot.v_dead_letter_all as
  select l.dead_letter_id, l.job_id, q.queue_code, k.job_kind, l.attempts, l.failure_class, l.reason, l.error, l.state, l.died_at, l.replay_of, l.replay_job_id, l.settled_at,
         l.correlation_id, l.payload
    from dot.job_dead_letter l join dot.queue_registry q using (queue_id) join dot.job_kind_registry k using (kind_id);
comment on view dot.v_dead_letter_all is 'Every dead letter, whatever has become of it.';

create view dot.v_job_queue_dead_letter_open as
  select dead_letter_id, job_id, queue_code, job_kind, attempts, failure_class, reason, error, died_at, replay_of, correlation_id, payload
    from dot.v_dead_letter_all where state = 'open';
comment on view dot.v_job_queue_dead_letter_open is 'Dead letters that nobody has replayed or discarded.';

create view dot.v_queue_health as
  select 'expired_leases' as signal, count(*) = 0 as ok, count(*)::text as value, 'jobs whose lease expired over a minute ago: nobody rescues them' as says
    from dot.job_queue where state = 'x' and deadline_at < clock_timestamp() - interval '1 minute'
  union all
  select 'silent_workers', count(*) = 0, count(*)::text, 'workers that stopped without saying so within the last day'
    from dot.queue_heartbeat where state = 'silent' and seen_at > clock_timestamp() - interval '1 day'
  union all
  select 'starved_queues', count(*) = 0, coalesce(string_agg(s.queue_code, ', ' order by s.queue_code), ''), 'active queues whose first job has waited for over five minutes'
    from (select q.queue_code from dot.queue_registry q
           where q.status = 'active' and (
             select min(j.run_at) from (
               select b.run_at from dot.job_queue b where b.state = 'r' and b.queue_id = q.queue_id order by b.ready_seq limit 1) j) < clock_timestamp() - interval '5 minutes') s
  union all
  select 'open_dead_letters', count(*) = 0, count(*)::text, 'jobs that failed for good and that nobody has looked after' from dot.job_dead_letter where state = 'open'
  union all
  select 'overdue_deferred', count(*) = 0, count(*)::text, 'deferred jobs due for over a minute: nobody puts them in line'
    from (select 1 from dot.job_queue where state = 'd' and run_at < clock_timestamp() - interval '1 minute' limit 1000) d
  union all
  select 'unbound_subscriptions', count(*) = 0, coalesce(string_agg(e.subscription_code, ', ' order by e.subscription_code), ''), 'subscriptions delivered as jobs of which nobody has said which jobs: dot subscription jobs'
    from dot.event_subscription e
   where e.deliver = 'job' and e.status = 'active' and not exists (select 1 from dot.job_subscription s where s.subscription_code = e.subscription_code)
  union all
  select 'late_schedules', count(*) = 0, coalesce(string_agg(schedule_code, ', ' order by schedule_code), ''), 'active schedules due for over five minutes'
    from dot.job_schedule where status = 'active' and next_at < clock_timestamp() - interval '5 minutes';
comment on view dot.v_queue_health is 'One row for each sign of trouble with jobs: whether it is well, the figure or names behind it, and what it means.';
reset role;
