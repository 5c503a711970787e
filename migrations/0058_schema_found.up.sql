-- squawk-ignore-file ban-drop-function, ban-create-domain-with-constraint
-- What the containment engine finds is one of three answers, and never none: a null once passed for "there is no such value".
set local role dot_owner;
create domain dot.schema_answer as text not null constraint schema_answer_known check (value in ('proved', 'refuted', 'unknown'));
comment on domain dot.schema_answer is
  'Whether no value satisfies some rules: proved (there is none), refuted (there is one) or unknown. Never null, so that what was not looked at cannot pass for proved.';
create type dot.schema_found as (answer dot.schema_answer, witness jsonb, why text, budget int);
comment on type dot.schema_found is
  'What a function of the containment engine found: the answer; where it is refuted, a value that satisfies the rules; where it is unknown, the keyword that was not decided; and how many steps are left.';
drop function if exists dot.fn_schema_sat(jsonb, jsonb, text[], int);
drop function if exists dot.fn_schema_sat_type(jsonb, text, jsonb, jsonb, jsonb, text[], int);
drop function if exists dot.fn_schema_solve(jsonb, text, jsonb, text[], int);
drop function if exists dot.fn_schema_solve_number(jsonb, jsonb);
drop function if exists dot.fn_schema_solve_string(jsonb, jsonb);
drop function if exists dot.fn_schema_solve_array(jsonb, jsonb, text[], int);
drop function if exists dot.fn_schema_solve_object(jsonb, jsonb, text[], int);
drop function if exists dot.fn_schema_build_array(jsonb, jsonb, jsonb[], jsonb, jsonb, int, numeric, text[], int);
drop function if exists dot.fn_schema_build_object(jsonb, jsonb, jsonb, jsonb, text[], jsonb, int, numeric, text[], int);
drop function if exists dot.fn_schema_contained(jsonb, jsonb[], jsonb, numeric, int, text[], int);
drop function if exists dot.fn_schema_is_asked(jsonb, jsonb, jsonb);
drop function if exists dot.fn_schema_contains(jsonb, jsonb, jsonb);
drop function if exists dot.fn_schema_verdict(jsonb, jsonb, jsonb);
drop function if exists dot.fn_schema_compile(jsonb, jsonb);
-- What was compiled as closed alone may take what the schema as written refuses: the interpreter serves until it is compiled anew.
-- dot-ignore mixed-migration: a column of a few rows, which the compiler that follows fills again
update dot.event_type_registry set validator = null where validator is not null and schema_jsonb::text ~ '"(oneOf|not|if|maxContains)"';
reset role;
