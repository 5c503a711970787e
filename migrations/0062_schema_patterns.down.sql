-- squawk-ignore-file ban-drop-function
set local role dot_owner;
drop function if exists dot.fn_schema_regex_emit(jsonb, text, int[], int[], text, int[], int[]), dot.fn_schema_regex_times(text, int, int), dot.fn_schema_regex_atom(text),
  dot.fn_schema_regex_class(text), dot.fn_schema_regex_chars(int4multirange, text, boolean), dot.fn_schema_regex_escape(text), dot.fn_schema_regex_refuse(text, int, text, text);
reset role;
