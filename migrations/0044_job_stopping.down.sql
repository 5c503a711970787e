set local role dot_owner;
drop table dot.job_stopping;
reset role;
