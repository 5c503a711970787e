create or replace function dot.fn_lock_try(p_name text) returns boolean
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  perform 1 from dot.dot_lock l where l.slot = hashtextextended(p_name, 0) & 1023 for update skip locked;
  return found;
end
$$;
comment on function dot.fn_lock_try(text) is
  'fn_lock_take without waiting: whether this transaction is alone now at what p_name names.';
