create or replace function dot.fn_lock_take(p_name text) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  perform 1 from dot.dot_lock l where l.slot = hashtextextended(p_name, 0) & 1023 for update;
end
$$;
comment on function dot.fn_lock_take(text) is
  'Waits until this transaction alone is at what p_name names, to its end. Two names may share one of the 1024 rows that stand for all of them. Only functions of the platform can lock those, so that nobody else can hold them up, as by an advisory lock of the same key.';
