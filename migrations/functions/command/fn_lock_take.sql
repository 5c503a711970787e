create or replace function dot.fn_lock_take(p_kind text, p_name text default '') returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  perform 1 from dot.dot_lock l where l.lock_kind = p_kind and l.slot = dot.fn_lock_slot(p_name) for update;
  if not found then
    raise exception 'there is no lock % %', p_kind, p_name;
  end if;
end
$$;
comment on function dot.fn_lock_take(text, text) is
  'Waits until this transaction alone is at what p_name of p_kind (dot_lock) names, to its end. Two names of a kind may share one of the rows that stand for all of them, names of two kinds never do. Only functions of the platform can lock those, so that nobody else can hold them up, as by an advisory lock of the same key.';
