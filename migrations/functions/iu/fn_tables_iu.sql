create or replace function dot.fn_tables_iu() returns table (relation text, how text)
language sql immutable set search_path = dot, pg_temp
as $$
  values
    ('iu_document', 'recorded'),
    ('iu_document_version', 'recorded'),
    ('iu_relation', 'recorded'),
    ('kg_edge', 'recorded'),
    ('iu_lifecycle_log', 'recorded'),
    ('iu_metadata_tag', 'recorded'),
    ('iu_sql_link', 'recorded'),
    ('iu_piece_collection', 'recorded'),
    ('iu_piece_membership', 'recorded'),
    ('iu_core_retention_policy', 'recorded'),
    ('iu_metadata_tag_registry', 'registry'),
    ('iu_collection_template', 'registry'),
    ('iu_version', 'checked by fn_audit_finds_unit_edited'),
    ('iu_tree_path', 'checked by fn_audit_finds_unit_edited'),
    ('information_unit', 'checked by fn_audit_finds_unit_edited'),
    ('iu_staged_document', 'left out: a document on its way in; what comes of it is checked'),
    ('iu_staging_record', 'left out: pieces on their way in; what comes of them is checked'),
    ('cut_request', 'left out: how far an import has come; dot iu check holds it to its moves'),
    ('cut_request_transition', 'left out: how far an import has come'),
    ('iu_three_axis_envelope', 'left out: derived from versions; dot iu check compares'),
    ('iu_search_index', 'left out: derived from bodies'),
    ('iu_vector_sync_point', 'left out: what an index elsewhere has been handed')
$$;
comment on function dot.fn_tables_iu() is
  'For fn_audit_coverage: how audit verify covers each table of domain iu. recorded: every change of a row is kept and sealed with its run (fn_row_record); registry: so are its entries; sealed: it is the log, or sealed with its runs; checked by: the function that holds it to something else; left out: why.';
create or replace trigger record after insert or update or delete on dot.iu_document for each row execute function dot.fn_row_record('document_id');
create or replace trigger record after insert or update or delete on dot.iu_document_version for each row execute function dot.fn_row_record('document_version_id');
create or replace trigger record after insert or update or delete on dot.iu_relation for each row execute function dot.fn_row_record('relation_id');
create or replace trigger record after insert or update or delete on dot.kg_edge for each row execute function dot.fn_row_record('edge_id');
create or replace trigger record after insert or update or delete on dot.iu_lifecycle_log for each row execute function dot.fn_row_record('log_id');
create or replace trigger record after insert or update or delete on dot.iu_metadata_tag for each row execute function dot.fn_row_record('unit_id,tag_code');
create or replace trigger record after insert or update or delete on dot.iu_sql_link for each row execute function dot.fn_row_record('link_id');
create or replace trigger record after insert or update or delete on dot.iu_piece_collection for each row execute function dot.fn_row_record('collection_id');
create or replace trigger record after insert or update or delete on dot.iu_piece_membership for each row execute function dot.fn_row_record('collection_id,ordinal');
create or replace trigger record after insert or update or delete on dot.iu_core_retention_policy for each row execute function dot.fn_row_record('policy_code');
alter table dot.iu_document enable always trigger record;
alter table dot.iu_document_version enable always trigger record;
alter table dot.iu_relation enable always trigger record;
alter table dot.kg_edge enable always trigger record;
alter table dot.iu_lifecycle_log enable always trigger record;
alter table dot.iu_metadata_tag enable always trigger record;
alter table dot.iu_sql_link enable always trigger record;
alter table dot.iu_piece_collection enable always trigger record;
alter table dot.iu_piece_membership enable always trigger record;
alter table dot.iu_core_retention_policy enable always trigger record;
