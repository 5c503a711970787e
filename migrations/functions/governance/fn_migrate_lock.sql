create or replace function dot.fn_migrate_lock() returns boolean
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  -- A revert takes the row and the table away, and leaves the function.
  if not exists (select 1 from pg_attribute a where a.attrelid = to_regclass('dot.dot_lock') and a.attname = 'lock_kind' and not a.attisdropped) then
    return false;
  end if;
  if not exists (select 1 from dot.dot_lock l where l.lock_kind = 'migration') then
    return false;
  end if;
  perform dot.fn_lock_take('migration');
  return true;
end
$$;
comment on function dot.fn_migrate_lock() is
  'Waits until this transaction alone migrates the database, to its end; false, and nothing is waited for, where there is no such lock (yet).';
