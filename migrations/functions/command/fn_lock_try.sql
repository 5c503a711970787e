create or replace function dot.fn_lock_try(p_kind text, p_name text default '') returns boolean
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  perform 1 from dot.dot_lock l where l.lock_kind = p_kind and l.slot = dot.fn_lock_slot(p_name) for update skip locked;
  return found;
end
$$;
comment on function dot.fn_lock_try(text, text) is
  'fn_lock_take without waiting: whether this transaction is alone now at what p_name of p_kind names.';
