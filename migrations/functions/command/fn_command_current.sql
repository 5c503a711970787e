create or replace function dot.fn_command_current() returns void
language plpgsql stable set search_path = dot, pg_temp
as $$
begin
  if current_setting('transaction_isolation') not in ('read committed', 'read uncommitted') then
    raise exception using errcode = 'DT400', message = format('the transaction is %s: it would judge by what was', current_setting('transaction_isolation')),
      hint = 'Begin it READ COMMITTED: roles, gates and policies count as they are now.';
  end if;
end
$$;
comment on function dot.fn_command_current() is 'DT400 where the transaction keeps a snapshot, by which rights that were taken away would still be there.';
