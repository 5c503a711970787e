-- squawk-ignore-file ban-drop-function
-- It takes which duty to go on with, so that what is done at once is short.
set local role dot_owner;
drop function if exists dot.fn_job_housekeeping();
reset role;
