create or replace function dot.fn_phase0_schema_diff() returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  with before as (
    select objects, fingerprint from dot.dot_schema_snapshot where moment = 'before' order by snapshot_id limit 1
  ), after as (
    select objects, fingerprint from dot.dot_schema_snapshot where moment = 'after' order by snapshot_id desc limit 1
  ), diff as (
    select case when b.key is null then 'added' when a.key is null then 'removed' else 'changed' end as change, coalesce(a.key, b.key) as object
      from (select e.* from before, jsonb_each(before.objects) e) b
      full join (select e.* from after, jsonb_each(after.objects) e) a on a.key = b.key
     where a.value is distinct from b.value
  )
  select jsonb_build_object(
    'summary', coalesce((
      select format('From fingerprint %s to %s: %s objects added, %s changed, %s removed.', left(before.fingerprint, 16), left(after.fingerprint, 16),
               (select count(*) from diff where change = 'added'), (select count(*) from diff where change = 'changed'),
               (select count(*) from diff where change = 'removed'))
        from before, after), 'No schema snapshots are kept in this database.'),
    'objects', (select jsonb_agg(jsonb_build_object('change', d.change, 'object', d.object) order by d.object)
                  from diff d where d.object ~ 'iu_|information_unit|cut_|review_|consumer_|event_|phase0'))
$$;
comment on function dot.fn_phase0_schema_diff() is
  'What migrations have changed from the first snapshot of the schema to the last: {summary, objects: [{change, object}]}, the objects being those of the units, events and reviews.';
