-- One look at what this transaction has done: see observe.rs. The history of entries is left out.
with rel as (
  select c.oid, c.relkind, format('%I.%I', n.nspname, c.relname) as name, c.relispartition
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.oid >= 16384 and c.relkind in ('r', 'p', 'm', 'v', 'f', 'S', 'i') and n.nspname !~ '^pg_(toast|temp)'
     and c.oid is distinct from to_regclass('dot.registry_entry_history')
)
select jsonb_build_object(
  'relations', (
    select coalesce(jsonb_object_agg(oid::text, jsonb_build_object('name', name, 'kind', relkind, 'file', pg_relation_filenode(oid)::bigint)), '{}') from rel),
  'locks', (
    select coalesce(jsonb_agg(distinct jsonb_build_array(relation::text, mode)), '[]')
      from pg_locks
     where pid = pg_backend_pid() and locktype = 'relation' and granted and relation >= 16384
       and mode not in ('AccessShareLock', 'RowShareLock', 'RowExclusiveLock')),
  'rows', (
    -- Partitions are folded into the table that people know.
    select coalesce(jsonb_object_agg(t.name, jsonb_build_array(t.inserted, t.updated, t.deleted)), '{}')
      from (
        select coalesce(root.name, rel.name) as name, sum(pg_stat_get_xact_tuples_inserted(rel.oid)) as inserted,
               sum(pg_stat_get_xact_tuples_updated(rel.oid)) as updated, sum(pg_stat_get_xact_tuples_deleted(rel.oid)) as deleted
          from rel left join rel root on rel.relispartition and root.oid = pg_partition_root(rel.oid)
         where rel.relkind = 'r'
         group by 1) t
     where t.inserted + t.updated + t.deleted > 0),
  'sequences', (
    select coalesce(jsonb_object_agg(seqrelid::text, pg_sequence_last_value(seqrelid)), '{}') from pg_sequence where seqrelid >= 16384)
)::text
