set local role dot_owner;
alter table dot.job_subscription drop column wanted_by;
reset role;
