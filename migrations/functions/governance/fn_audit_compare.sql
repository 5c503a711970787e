create or replace function dot.fn_audit_compare(p_from bigint, p_to bigint)
returns table (leaves bigint, hashes bytea, findings jsonb)
language sql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on set timezone = 'UTC' set datestyle = 'ISO, YMD'
  set max_parallel_workers_per_gather = 0 set enable_bitmapscan = off set enable_seqscan = off set jit = off
as $$
  -- In one pass and in the order of the index, so that nothing is sorted and each text is made once and compared at once.
  -- Callers share the work by asking for several ranges at the same time: a range is not worth helpers of its own.
  with leaf as (
    select l.leaf_index, l.leaf_kind, l.run_id, l.leaf_hash, v.run_id is not null as has_row, l.canonical = v.live as is_same,
           sha256('\x00'::bytea || convert_to(l.leaf_index || ' ' || l.leaf_kind || E'\n' || l.canonical, 'UTF8')) as hash
      from dot.audit_leaf l
      -- Row by row: a join of its own choice could make the texts of the whole audit.
      left join lateral (
        select r.run_id, case l.leaf_kind when 'run/1' then r.run_canonical else r.verdict_canonical end as live
          from dot.v_audit_row r where r.run_id = l.run_id) v on true
     where l.leaf_index >= p_from and l.leaf_index < p_to
     order by l.leaf_index
    offset 0
  ),
  computed as materialized (
    select count(*) as leaves, coalesce(string_agg(hash, ''), '') as hashes,
           array_agg((leaf_index, leaf_kind, run_id, has_row, is_same, hash = leaf_hash)) filter (where is_same is not true or hash <> leaf_hash) as bad
      from leaf
  ),
  found as (
    select b.leaf_index, b.run_id, f.finding, row_number() over (order by b.leaf_index, f.finding) as n
      from computed c
      cross join lateral unnest(c.bad) b(leaf_index bigint, leaf_kind text, run_id uuid, has_row boolean, is_same boolean, has_hash boolean)
      cross join lateral (
        select 'leaf_changed' as finding where not b.has_hash
        union all
        select case when not b.has_row then 'run_missing' when b.leaf_kind = 'run/1' then 'run_changed' else 'verdict_changed' end
         where b.is_same is not true) f
  )
  select c.leaves, c.hashes,
         (select coalesce(jsonb_agg(jsonb_build_object('finding', f.finding, 'index', f.leaf_index, 'run_id', f.run_id)
                   || case when f.finding = 'run_changed' and f.n <= 20 then (
                        select jsonb_build_object('sealed', l.canonical, 'live', v.run_canonical)
                          from dot.audit_leaf l join dot.v_audit_row v using (run_id) where l.leaf_index = f.leaf_index) else '{}' end
                   order by f.n), '[]')
            from found f)
    from computed c
$$;
comment on function dot.fn_audit_compare(bigint, bigint) is
  'The leaves from p_from up to, not including, p_to, computed anew: how many there are, the hash of each stored entry (32 bytes each), and findings [{finding, index, run_id}]: leaf_changed (the entry is not what its stored hash says, as where it was moved to another index), run_missing, run_changed (the live row is not what was sealed; the first 20 with sealed and live, the two canonical texts), verdict_changed.';
