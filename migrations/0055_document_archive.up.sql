-- squawk-ignore-file constraint-missing-not-valid, adding-foreign-key-constraint, ban-drop-function
-- A document whose file is gone is archived: nothing of it is current, all of it stays, and its next import, or a person, brings it back.
set local role dot_owner;
alter table dot.iu_document
  add column archived_at timestamptz,
  add column archived_version_id uuid,
  add constraint iu_document_archived_is_not_current check (archived_at is null or current_version_id is null),
  add constraint iu_document_archived_version check (archived_version_id is null or archived_at is not null),
  add constraint iu_document_archived_version_id_fkey foreign key (archived_version_id) references dot.iu_document_version;
comment on table dot.iu_document is
  'A document by its stable name. current_version_id is the version whose cut completed last, null before the first and while the document is archived; archived_version_id is the one that was current then.';
drop function if exists dot.fn_document_list(text, int);
reset role;
