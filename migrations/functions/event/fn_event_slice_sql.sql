create or replace function dot.fn_event_slice_sql(p_crossing boolean, p_types boolean, p_keys boolean, p_path boolean, p_judges boolean) returns text
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  -- $1 snapshot before, $2 snapshot after, $3 cluster, $4 after this event, $5 at most, $6 floor, $7 last event,
  -- $8 types, $9 prefixes, $10 keys, $11 path, $12 origin before, $13 $14 past before, $15 $16 past after
  select case when p_crossing then format(
      'select e.* from dot.event_outbox e
        where e.event_id > $4 and e.event_id <= $7
          and case when e.origin = $3 then pg_visible_in_snapshot(e.xid, $2) else coalesce(e.xid <= $16[array_position($15, e.origin)], false) end
          and not coalesce(case when e.origin = $12 then pg_visible_in_snapshot(e.xid, $1) else e.xid <= $14[array_position($13, e.origin)] end, false)%s
        order by e.event_id limit $5', f.filter)
    else format(
      'select u.* from (
         (select e.* from dot.event_outbox e
           where e.event_id > greatest($4, $6 - 1) and e.event_id <= $7 and e.xid >= pg_snapshot_xmax($1) and e.xid < pg_snapshot_xmax($2)
             and e.origin = $3 and pg_visible_in_snapshot(e.xid, $2)%1$s
           order by e.event_id limit $5)
         union all
         (select w.* from pg_snapshot_xip($1) x(xid)
           cross join lateral (
             select e.* from dot.event_outbox e where e.xid = x.xid and e.event_id > $4 and e.origin = $3%1$s order by e.event_id limit $5) w
           where pg_visible_in_snapshot(x.xid, $2))) u
        order by u.event_id limit $5', f.filter) end
    from (select concat(
            case when p_types then ' and (e.event_type = any ($8) or e.event_type like any ($9))' end,
            case when p_keys then ' and e.key = any ($10)' end,
            case when p_path and p_judges then ' and e.payload @@ $11' when p_path then ' and e.payload @? $11' end) as filter) f
$$;
comment on function dot.fn_event_slice_sql(boolean, boolean, boolean, boolean, boolean) is
  'The query of the events between two ticks, in the order of event_id: those of transactions that began after the first snapshot, and those of transactions that were in progress in it. p_crossing: the ticks are of different clusters, or there is no first one. The other arguments say which filters apply. Its parameters stand in its first lines.';
