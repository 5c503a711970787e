create or replace function dot.fn_command_widen(p_xid xid, p_base xid8) returns xid8
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select (b.base - b.base % 4294967296 + x.xid + case when x.xid < b.base % 4294967296 then 4294967296 else 0 end)::text::xid8
    from (select p_base::text::numeric as base) b, (select p_xid::text::numeric as xid) x
$$;
comment on function dot.fn_command_widen(xid, xid8) is
  'The 64-bit id of a transaction that is as young as p_base or younger: takes the epoch from p_base and minds the wrap-around.';
