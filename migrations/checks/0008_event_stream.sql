-- Every event has a place, whatever its day, and nobody but the owner writes one.
select 'the partitions leave no day out' as name,
       count(*) filter (where pg_get_expr(c.relpartbound, c.oid) like '%(MINVALUE)%') = 1
       and count(*) filter (where pg_get_expr(c.relpartbound, c.oid) like '%(MAXVALUE)%') = 1 as ok
  from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'dot.event_outbox'::regclass
union all
select 'nobody but dot_owner may touch the event stream',
       not exists (
         select 1 from pg_class c cross join lateral aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
          where c.relnamespace = 'dot'::regnamespace and a.grantee <> c.relowner and c.relname ~ '^(event_|iu_sql_event_route)');
