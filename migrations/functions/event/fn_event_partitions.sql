create or replace function dot.fn_event_partitions()
returns table (relid oid, name text, lower_bound timestamptz, upper_bound timestamptz)
language sql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  select c.oid, c.relname::text,
         coalesce(substring(b.bound from 'FROM \(''([^'']*)''\)')::timestamptz, '-infinity'),
         coalesce(substring(b.bound from 'TO \(''([^'']*)''\)')::timestamptz, 'infinity')
    from pg_inherits i
    join pg_class c on c.oid = i.inhrelid
   cross join lateral (select pg_get_expr(c.relpartbound, c.oid) as bound) b
   where i.inhparent = 'dot.event_outbox'::regclass
   order by 3
$$;
comment on function dot.fn_event_partitions() is 'The partitions of the outbox with their bounds; the first begins at -infinity, the last ends at infinity.';
