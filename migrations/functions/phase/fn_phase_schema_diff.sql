create or replace function dot.fn_phase_schema_diff()
returns table (change text, object text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  with before as (
    select objects from dot.dot_schema_snapshot where moment = 'before' order by snapshot_id limit 1
  ), after as (
    select objects from dot.dot_schema_snapshot where moment = 'after' order by snapshot_id desc limit 1
  )
  select case when b.key is null then 'added' when a.key is null then 'removed' else 'changed' end, coalesce(a.key, b.key)
    from (select e.* from before, jsonb_each(before.objects) e) b
    full join (select e.* from after, jsonb_each(after.objects) e) a on a.key = b.key
   where a.value is distinct from b.value and exists (select 1 from before) and exists (select 1 from after)
   order by 2
$$;
comment on function dot.fn_phase_schema_diff() is
  'What migrations have changed from the first snapshot of the schema to the last: added, changed, removed. Nothing where no snapshots are kept.';
