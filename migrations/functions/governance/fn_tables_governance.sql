create or replace function dot.fn_tables_governance() returns table (relation text, how text)
language sql immutable set search_path = dot, pg_temp
as $$
  values
    ('audit_leaf', 'sealed'),
    ('audit_checkpoint', 'sealed'),
    ('dot_row_history', 'sealed'),
    ('audit_log_key', 'recorded'),
    ('audit_number_settled', 'recorded'),
    ('audit_number_wait', 'left out: what the next seal waits for; what it says can only delay'),
    ('audit_number_calm', 'left out: whether the server crashed; a superuser can make it crash as well'),
    ('audit_pending', 'left out: what waits for the sealer; a run that is missing there is found unsealed'),
    ('proposal_kind', 'registry'),
    ('approval_policy', 'registry'),
    ('proposal', 'recorded'),
    ('proposal_revision', 'recorded'),
    ('review_decision', 'recorded'),
    ('review_decision_use', 'recorded'),
    ('review_signature', 'recorded'),
    ('workflow_change_requests', 'recorded'),
    ('delegation', 'recorded'),
    ('sql_row_image', 'recorded')
$$;
comment on function dot.fn_tables_governance() is
  'For fn_audit_coverage: how audit verify covers each table of domain governance. recorded: every change of a row is kept and sealed with its run (fn_row_record); registry: so are its entries; sealed: it is the log, or sealed with its runs; checked by: the function that holds it to something else; left out: why.';
create or replace trigger record after insert or update or delete on dot.audit_log_key for each row execute function dot.fn_row_record('origin,key_id');
create or replace trigger record after insert or update or delete on dot.audit_number_settled for each row execute function dot.fn_row_record('from_number');
create or replace trigger record after insert or update or delete on dot.proposal for each row execute function dot.fn_row_record('proposal_id');
create or replace trigger record after insert or update or delete on dot.proposal_revision for each row execute function dot.fn_row_record('proposal_id,revision');
create or replace trigger record after insert or update or delete on dot.review_decision for each row execute function dot.fn_row_record('review_decision_id');
create or replace trigger record after insert or update or delete on dot.review_decision_use for each row execute function dot.fn_row_record('review_decision_id');
create or replace trigger record after insert or update or delete on dot.review_signature for each row execute function dot.fn_row_record('review_decision_id');
create or replace trigger record after insert or update or delete on dot.workflow_change_requests for each row execute function dot.fn_row_record('change_request_id');
create or replace trigger record after insert or update or delete on dot.delegation for each row execute function dot.fn_row_record('delegation_id');
create or replace trigger record after insert or update or delete on dot.sql_row_image for each row execute function dot.fn_row_record('run_id,image_no');
alter table dot.audit_log_key enable always trigger record;
alter table dot.audit_number_settled enable always trigger record;
alter table dot.proposal enable always trigger record;
alter table dot.proposal_revision enable always trigger record;
alter table dot.review_decision enable always trigger record;
alter table dot.review_decision_use enable always trigger record;
alter table dot.review_signature enable always trigger record;
alter table dot.workflow_change_requests enable always trigger record;
alter table dot.delegation enable always trigger record;
alter table dot.sql_row_image enable always trigger record;
