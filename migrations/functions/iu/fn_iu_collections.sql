create or replace function dot.fn_iu_collections()
returns table (collection text, title text, template text, revision int, units bigint, stale bigint, updated_at timestamptz)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select c.collection_code, c.title, c.template_code, c.revision, count(m.unit_id),
         count(m.unit_id) filter (where p.version_id is distinct from m.version_id), c.updated_at
    from dot.iu_piece_collection c
    left join dot.iu_piece_membership m using (collection_id)
    left join lateral dot.fn_iu_place(array[m.unit_id]) p on true
   group by c.collection_id
   order by c.collection_code
$$;
comment on function dot.fn_iu_collections() is
  'The collections, and how many of their members have changed or gone since they were composed (stale).';
