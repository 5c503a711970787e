-- squawk-ignore-file ban-drop-function
set local role dot_owner;
drop function if exists dot.fn_schema_modern_node(jsonb, text, jsonb, boolean, boolean), dot.fn_schema_modern_ref(text, jsonb), dot.fn_schema_modern(jsonb, text, jsonb),
  dot.fn_schema_draft(text), dot.fn_schema_former(), dot.fn_schema_outdated(jsonb);
alter table dot.event_type_registry drop column schema_original;
reset role;
