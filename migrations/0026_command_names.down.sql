-- squawk-ignore-file ban-drop-function
set local role dot_owner;
-- Their names are those of functions of the earlier version, with parameters of other types.
drop function if exists dot.fn_job_cancel(text[], text);
drop function if exists dot.fn_schema_check(text, jsonb);
drop function if exists dot.fn_schema_infer(text);
drop function if exists dot.fn_schema_validate(text, text, jsonb);
reset role;
