create or replace function dot.fn_tables_event() returns table (relation text, how text)
language sql immutable set search_path = dot, pg_temp
as $$
  values
    ('event_domain_registry', 'registry'),
    ('schema_change_policy', 'registry'),
    ('event_type_registry', 'registry'),
    ('iu_sql_event_route', 'registry'),
    ('consumer_registry', 'registry'),
    ('event_subscription', 'recorded'),
    ('event_outbox', 'checked by fn_audit_finds_event_edited'),
    ('event_outbox_settled', 'recorded'),
    ('event_validation_audit', 'left out: rejected events, kept for those who sent them'),
    ('event_tick', 'left out: derived from the transactions of events'),
    ('event_cursor', 'left out: it moves with each acknowledgement of a consumer'),
    ('consumer_delivery', 'left out: it moves with each delivery to a consumer')
$$;
comment on function dot.fn_tables_event() is
  'For fn_audit_coverage: how audit verify covers each table of domain event. recorded: every change of a row is kept and sealed with its run (fn_row_record); registry: so are its entries; sealed: it is the log, or sealed with its runs; checked by: the function that holds it to something else; left out: why.';
create or replace trigger record after insert or update or delete on dot.event_outbox_settled for each row execute function dot.fn_row_record('origin,to_xid,day');
create or replace trigger record after insert or update or delete on dot.event_subscription for each row execute function dot.fn_row_record('subscription_code', 'epoch,changed_at,status');
alter table dot.event_subscription enable always trigger record;
create or replace trigger protect before update or delete on dot.event_outbox_settled for each row execute function dot.fn_history_protect();
create or replace trigger protect_truncate before truncate on dot.event_outbox_settled for each statement execute function dot.fn_history_protect();
alter table dot.event_outbox_settled enable always trigger record, enable always trigger protect, enable always trigger protect_truncate;
