-- squawk-ignore-file ban-drop-function
set local role dot_owner;
drop trigger if exists record_insert on dot.iu_tree_path;
drop trigger if exists record_update on dot.iu_tree_path;
drop trigger if exists record_delete on dot.iu_tree_path;
drop function if exists dot.fn_iu_units_record(), dot.fn_iu_units_digest(uuid[]);
drop function if exists dot.fn_schema_regex_emit(jsonb, text, int[], int[], text, int[], int[]), dot.fn_schema_regex_times(text, int, int), dot.fn_schema_regex_atom(text),
  dot.fn_schema_regex_class(text), dot.fn_schema_regex_chars(int4multirange, text, boolean), dot.fn_schema_regex_escape(text), dot.fn_schema_regex_refuse(text, int, text, text);
reset role;
