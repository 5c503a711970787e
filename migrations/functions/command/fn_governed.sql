create or replace function dot.fn_governed() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  perform setval('dot.governed_xid', greatest(q.last_value, pg_current_xact_id()::text::bigint)) from dot.governed_xid q;
  return null;
end
$$;
comment on function dot.fn_governed() is
  'Notes that this transaction changes who may do what: the change is not seen by older snapshots, the note is (fn_governed_seen).';
create or replace trigger governed after insert or update or delete on dot.dot_actor for each statement execute function dot.fn_governed();
create or replace trigger governed after insert or update or delete on dot.dot_session for each statement execute function dot.fn_governed();
create or replace trigger governed after insert or update or delete on dot.dot_config for each statement execute function dot.fn_governed();
alter table dot.dot_actor enable always trigger governed;
alter table dot.dot_session enable always trigger governed;
alter table dot.dot_config enable always trigger governed;
