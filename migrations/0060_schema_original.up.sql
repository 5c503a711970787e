-- A schema of an older draft is kept in the keywords of Draft 2020-12, by which everything is judged; and as it was written.
set local role dot_owner;
alter table dot.event_type_registry add column schema_original jsonb;
comment on column dot.event_type_registry.schema_original is 'The schema as it was written, where that was in an older draft or of OpenAPI; else null, and schema_jsonb is as written.';
reset role;
