create or replace function dot.fn_event_protect() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  raise exception using errcode = 'DT409', message = format('%s is append-only', tg_argv[0]),
    hint = 'An event that was wrong is answered by another event; old days are dropped by housekeeping.';
end
$$;
comment on function dot.fn_event_protect() is 'Keeps the outbox and the log of cursors append-only: DT409 for any update or delete. Argument: the table''s name for people.';
create or replace trigger protect before update or delete on dot.event_outbox for each row execute function dot.fn_event_protect('event_outbox');
create or replace trigger protect_truncate before truncate on dot.event_outbox for each statement execute function dot.fn_event_protect('event_outbox');
create or replace trigger protect before update or delete on dot.event_cursor for each row execute function dot.fn_event_protect('event_cursor');
create or replace trigger protect before update on dot.event_tick for each row execute function dot.fn_event_protect('event_tick');
alter table dot.event_outbox enable always trigger protect, enable always trigger protect_truncate;
alter table dot.event_cursor enable always trigger protect;
alter table dot.event_tick enable always trigger protect;
