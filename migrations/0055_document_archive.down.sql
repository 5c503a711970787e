set local role dot_owner;
drop function if exists dot.fn_document_list(boolean, text, int);
comment on table dot.iu_document is 'A document by its stable name. current_version_id is the version whose cut completed last, null before the first.';
alter table dot.iu_document drop column archived_version_id, drop column archived_at;
reset role;
