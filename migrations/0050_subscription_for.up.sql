-- Whose command it is that a subscription's events set off.
set local role dot_owner;
alter table dot.job_subscription add column wanted_by jsonb;
comment on column dot.job_subscription.wanted_by is 'For whom its jobs run, as $for of a job (fn_job_for); null where its kind runs no command.';
reset role;
