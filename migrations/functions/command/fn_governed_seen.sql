create or replace function dot.fn_governed_seen() returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_xid bigint;
begin
  select q.last_value into v_xid from dot.governed_xid q;
  if not pg_visible_in_snapshot(v_xid::text::xid8, pg_current_snapshot()) and pg_current_xact_id()::text::bigint <> v_xid then
    begin
      perform pg_xact_status(v_xid::text::xid8);
    exception when invalid_parameter_value then
      -- It is of the future: the number of another server, from which this database was restored.
      return;
    end;
    raise exception using errcode = '40001', message = 'actors, sessions or settings have changed since this transaction took its snapshot',
      hint = 'Begin the transaction anew.';
  end if;
end
$$;
comment on function dot.fn_governed_seen() is
  'For transactions of one snapshot (repeatable read, serializable): 40001 where the newest change of an actor, a session or a setting is not in it, so that nobody goes on by rights that were taken away, or through a gate that was closed. A change that is rolled back or not committed yet counts, too; the next snapshot has it behind it. Sequences are read past snapshots.';
