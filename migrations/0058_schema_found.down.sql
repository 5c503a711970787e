-- squawk-ignore-file ban-drop-function
set local role dot_owner;
drop function if exists dot.fn_schema_sat(jsonb, jsonb, text[], int);
drop function if exists dot.fn_schema_sat_type(jsonb, text, jsonb, jsonb, jsonb, text[], int);
drop function if exists dot.fn_schema_solve(jsonb, text, jsonb, text[], int);
drop function if exists dot.fn_schema_solve_number(jsonb, jsonb, int);
drop function if exists dot.fn_schema_solve_string(jsonb, jsonb, int);
drop function if exists dot.fn_schema_solve_array(jsonb, jsonb, text[], int);
drop function if exists dot.fn_schema_solve_object(jsonb, jsonb, text[], int);
drop function if exists dot.fn_schema_build_array(jsonb, jsonb, jsonb[], jsonb, jsonb, jsonb, int, numeric, text[], int);
drop function if exists dot.fn_schema_build_object(jsonb, jsonb, jsonb, jsonb, text[], jsonb, jsonb, int, numeric, text[], int);
drop function if exists dot.fn_schema_contained(jsonb, jsonb[], jsonb, numeric, int, text[], int);
drop function if exists dot.fn_schema_is_asked(jsonb, jsonb, text);
drop function if exists dot.fn_schema_contains(jsonb, jsonb, jsonb, jsonb);
drop function if exists dot.fn_schema_verdict(jsonb, jsonb, jsonb, jsonb);
drop function if exists dot.fn_schema_compile(jsonb, jsonb, jsonb);
drop type dot.schema_found;
drop domain dot.schema_answer;
reset role;
