create or replace function dot.fn_command_measure(p_before jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_now     jsonb;
  v_tables  jsonb;
  v_effects jsonb;
  v_xid     xid8 := pg_current_xact_id();
begin
  v_now := dot.fn_command_counters(jsonb_typeof(p_before -> 'sequences') = 'object');
  select coalesce(jsonb_object_agg(t.name, jsonb_build_object('inserted', t.ins, 'updated', t.upd, 'deleted', t.del) order by t.name), '{}')
    into v_tables
    from (
      -- Partitions are folded into the table that people know.
      select format('%I.%I', n.nspname, c.relname) as name,
             sum((k.value ->> 0)::bigint - coalesce((p_before #>> array['tables', k.key, '0'])::bigint, 0)) as ins,
             sum((k.value ->> 1)::bigint - coalesce((p_before #>> array['tables', k.key, '1'])::bigint, 0)) as upd,
             sum((k.value ->> 2)::bigint - coalesce((p_before #>> array['tables', k.key, '2'])::bigint, 0)) as del
        from jsonb_each(v_now -> 'tables') k
        join pg_class c on c.oid = coalesce(pg_partition_root(k.key::oid)::oid, k.key::oid)
        join pg_namespace n on n.oid = c.relnamespace
       group by 1) t
   where t.ins + t.upd + t.del > 0;
  v_effects := jsonb_build_object(
    'tables', v_tables,
    'locks', (
      select coalesce(jsonb_agg(jsonb_build_object('relation', format('%I.%I', n.nspname, c.relname), 'mode', l.mode) order by n.nspname, c.relname, l.mode), '[]')
        from pg_locks l
        join pg_class c on c.oid = l.relation
        join pg_namespace n on n.oid = c.relnamespace
       where l.pid = pg_backend_pid() and l.locktype = 'relation' and l.relation >= 16384 and l.granted
         and l.mode not in ('AccessShareLock', 'RowShareLock', 'RowExclusiveLock')));
  if v_tables ? 'dot.event_outbox' then
    execute 'select $1 || jsonb_build_object(''events'', coalesce(jsonb_object_agg(event_type, n), ''{}''))
               from (select event_type, count(*) as n from dot.event_outbox where xid = $2 group by 1) e'
       into v_effects using v_effects, v_xid;
  end if;
  if jsonb_typeof(v_now -> 'sequences') = 'object' then
    v_effects := v_effects || jsonb_build_object('sequences_not_rolled_back', (
      select coalesce(jsonb_agg(format('%I.%I', n.nspname, c.relname) order by n.nspname, c.relname), '[]')
        from jsonb_each_text(v_now -> 'sequences') s
        join pg_class c on c.oid = s.key::oid
        join pg_namespace n on n.oid = c.relnamespace
       where p_before -> 'sequences' ? s.key and (p_before #>> array['sequences', s.key]) is distinct from s.value));
  end if;
  return v_effects;
end
$$;
comment on function dot.fn_command_measure(jsonb) is
  'What this transaction has done since the counters p_before (fn_command_counters; null: since it began): {tables: {name: {inserted, updated, deleted}}, locks: [{relation, mode}] stronger than ROW EXCLUSIVE, events: {type: n}, sequences_not_rolled_back: [name] (dry runs only)}. Rows written in rolled-back savepoints are counted too, as PostgreSQL counts them.';
