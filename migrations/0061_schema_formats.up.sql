-- squawk-ignore-file ban-drop-function
-- Formats of a schema are annotations, as they were, or rules, as each event type says.
set local role dot_owner;
alter table dot.event_type_registry add column formats text not null default 'annotate' constraint formats_known check (formats in ('annotate', 'assert'));
comment on column dot.event_type_registry.formats is
  'How formats of the schema are taken: annotate, as the standard''s metaschema has it, or assert, as rules that a payload must keep and that count for compatibility (fn_schema_asserting).';
drop function if exists dot.fn_schema_bare(jsonb);
drop function if exists dot.fn_schema_validate(text, text, jsonb);
drop function if exists dot.fn_schema_compat_check(text, text, text, text, text, boolean, int);
drop function if exists dot.fn_event_type_current(text, text);
drop function if exists dot.fn_event_type_judge(text, text, jsonb, text, text, boolean);
drop function if exists dot.fn_event_type_register(text, text, text, text, text, text, text, text[], text);
reset role;
