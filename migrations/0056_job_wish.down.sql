set local role dot_owner;
drop index dot.job_dead_letter_kind;
reset role;
