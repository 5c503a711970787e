-- Governed replay of dead letters: requests, and the exact set that each is for.
set local role dot_owner;

create table dot.dlq_replay_request (
  request_id     uuid primary key,
  note           text not null check (note <> ''),
  filter         jsonb not null check (jsonb_typeof(filter) = 'object'),
  letters        int not null check (letters > 0),
  digest         text not null,
  needs_approval boolean not null,
  proposal_id    uuid references dot.proposal,
  state          text not null default 'requested' check (state in ('requested', 'running', 'done')),
  rate           int check (rate > 0),
  paced_at       timestamptz,
  replayed       int not null default 0,
  kept           int not null default 0,
  requested_by   text not null,
  requested_at   timestamptz not null,
  started_at     timestamptz,
  finished_at    timestamptz,
  run_id         uuid,
  replay_run_id  uuid,
  constraint what_needs_approval_has_its_proposal check (not needs_approval or proposal_id is not null),
  constraint what_has_begun_says_when check ((state = 'requested') = (started_at is null)),
  constraint what_is_done_says_when check ((state = 'done') = (finished_at is not null))
);
comment on table dot.dlq_replay_request is
  'Requests to replay dead letters: the filter they were found by, how many (letters), and the digest of exactly which (sha-256, hex, of their numbers in order, joined by commas). Above setting queue.dlq.replay_approval_threshold it needs an approved proposal, bound to that set as it was. rate: jobs a second, null for as fast as it goes; paced_at is when the next ones are due. replayed and kept count what has become of the items.';

create table dot.dlq_replay_item (
  request_id     uuid not null references dot.dlq_replay_request,
  dead_letter_id bigint not null references dot.job_dead_letter,
  state          text not null default 'waiting' check (state in ('waiting', 'replayed', 'kept')),
  reason         text check (reason in ('not_open', 'unique_key_taken', 'kind_retired', 'queue_retired')),
  job_id         bigint,
  settled_at     timestamptz,
  primary key (request_id, dead_letter_id),
  constraint what_is_kept_says_why check ((state = 'kept') = (reason is not null)),
  constraint what_is_replayed_has_its_job check ((state = 'replayed') = (job_id is not null))
);
comment on table dot.dlq_replay_item is
  'The dead letters of each replay request: waiting; replayed as job_id; or kept as they were, and why: not_open (replayed or discarded meanwhile), unique_key_taken (a live job has its unique key), kind_retired, queue_retired.';
create index dlq_replay_item_waiting on dot.dlq_replay_item (request_id, dead_letter_id) where state = 'waiting';
create index dlq_replay_item_letter on dot.dlq_replay_item (dead_letter_id);

create view dot.v_dlq_replay_open as
  select request_id, note, state, letters, replayed, kept, needs_approval, proposal_id, requested_by, requested_at
    from dot.dlq_replay_request where state <> 'done';
comment on view dot.v_dlq_replay_open is 'Replay requests that are not carried out yet, or not to their end.';
reset role;
