-- The platform's clock: the transaction's time, or the time that a test has set.
create or replace function dot.fn_clock_now() returns timestamptz
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
begin
  if not dot.fn_gate_open('test.clock') then
    return now();
  end if;
  -- Of whoever may act as dot_owner, or of the database, which only its owner sets; what another session says is not heard.
  return coalesce(
    case when dot.fn_role_held(session_user, 'dot_owner') then nullif(current_setting('dot.clock', true), '')::timestamptz end,
    (select substr(c.item, length('dot.clock=') + 1)::timestamptz
       from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase cross join unnest(s.setconfig) c(item)
      where d.datname = current_database() and s.setrole = 0 and c.item like 'dot.clock=_%'),
    now());
end
$$;
comment on function dot.fn_clock_now() is
  'Now, as every rule that depends on time sees it. While gate test.clock is open, setting dot.clock (timestamptz) replaces it, as a session that may act as dot_owner has it, else as the database does.';
