-- A job that is cancelled while it runs counts until its worker has stopped it.
set local role dot_owner;
create table dot.job_stopping (
  job_id          bigint primary key,
  lease_token     bigint not null,
  holder          oid not null,
  worker_id       uuid not null,
  kind_id         int not null,
  queue_id        smallint not null,
  concurrency_key text,
  slot            smallint,
  until           timestamptz not null
);
comment on table dot.job_stopping is
  'Jobs that were cancelled while they ran, and whose worker has not said since that it has stopped them: until it does, or until their lease ends, they count against the limits of their key and their queue. Ended jobs are in job_history.';
create index job_stopping_key on dot.job_stopping (concurrency_key) where concurrency_key is not null;
reset role;
