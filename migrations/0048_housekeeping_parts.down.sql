set local role dot_owner;
drop function if exists dot.fn_job_housekeeping(text, interval);
reset role;
