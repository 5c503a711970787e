create or replace function dot.fn_lock_slot(p_name text) returns int
language sql immutable strict parallel safe set search_path = dot, pg_temp
as $$
  select case when p_name = '' then 0 else (hashtextextended(p_name, 0) & 255)::int end
$$;
comment on function dot.fn_lock_slot(text) is
  'Which of the 256 rows of its kind stands for a name in dot_lock; the first for no name.';
