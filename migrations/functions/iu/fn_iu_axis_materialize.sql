create or replace function dot.fn_iu_axis_materialize(p_document_versions uuid[]) returns int
language plpgsql volatile security definer set search_path = dot, pg_temp
  set work_mem = '64MB' set enable_nestloop = off set enable_seqscan = off set jit = off
as $$
declare
  v_now   timestamptz := dot.fn_clock_now();
  v_run   uuid := dot.fn_run_current();
  v_count int;
begin
  insert into dot.iu_three_axis_envelope as e (
    version_id, document_id, document_version_id, span_start, span_bytes, line_start, line_end, digest, tags, classification,
    path, parent_unit_id, ordinal, depth, materialized_at, run_id)
  with place as materialized (
    select d.document_id, v.document_version_id, v.version_no, d.current_version_id = v.document_version_id as is_current,
           t.unit_id, t.version_id, t.span_start, t.span_bytes, t.line_start, t.line_end, t.path, t.depth,
           case when t.depth > 1 then left(t.path, -strpos(reverse(t.path), '/')) end as parent_path
      from dot.iu_document_version v
     -- Looked up by index whatever the planner guesses: the cost is that of these documents, not of all there are.
     cross join lateral (select o.* from dot.iu_document o where o.document_id = v.document_id offset 0) d
     cross join lateral (select p.* from dot.iu_tree_path p where p.document_version_id = v.document_version_id and p.active offset 0) t
     where v.document_version_id = any (p_document_versions)
  ), placed as (
    select p.*, row_number() over (partition by p.document_version_id, p.parent_path order by p.span_start) as ordinal
      from place p
  ), tagged as (
    select m.unit_id,
           array_agg(m.tag_code order by m.tag_code) filter (where r.facet <> 'classification') as tags,
           array_agg(m.tag_code order by m.tag_code) filter (where r.facet = 'classification') as classification
      from dot.iu_metadata_tag m join dot.iu_metadata_tag_registry r using (tag_code)
     where m.unit_id = any (array(select unit_id from place))
     group by m.unit_id
  )
  select distinct on (p.version_id)
         p.version_id, p.document_id, p.document_version_id, p.span_start, p.span_bytes, p.line_start, p.line_end, v.digest,
         coalesce(g.tags, '{}'), coalesce(g.classification, '{}'), p.path, u.unit_id, p.ordinal, p.depth, v_now, v_run
    from placed p
   cross join lateral (select w.digest from dot.iu_version w where w.version_id = p.version_id offset 0) v
    left join place u on u.document_version_id = p.document_version_id and u.path = p.parent_path
    left join tagged g on g.unit_id = p.unit_id
    left join lateral (
     select true as there from dot.iu_three_axis_envelope a where not p.is_current and a.version_id = p.version_id offset 0) x on true
   -- An older document version, delivered late, only fills what is missing.
   where p.is_current or x.there is null
   order by p.version_id, p.is_current desc, p.version_no desc
  on conflict (version_id) do update
    set document_id = excluded.document_id, document_version_id = excluded.document_version_id, span_start = excluded.span_start,
        span_bytes = excluded.span_bytes, line_start = excluded.line_start, line_end = excluded.line_end, digest = excluded.digest,
        tags = excluded.tags, classification = excluded.classification, path = excluded.path,
        parent_unit_id = excluded.parent_unit_id, ordinal = excluded.ordinal, depth = excluded.depth,
        materialized_at = excluded.materialized_at, run_id = excluded.run_id
  where (e.document_version_id, e.span_start, e.span_bytes, e.line_start, e.line_end, e.digest, e.tags, e.classification, e.path,
         e.parent_unit_id, e.ordinal)
    is distinct from
        (excluded.document_version_id, excluded.span_start, excluded.span_bytes, excluded.line_start, excluded.line_end,
         excluded.digest, excluded.tags, excluded.classification, excluded.path, excluded.parent_unit_id, excluded.ordinal);
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function dot.fn_iu_axis_materialize(uuid[]) is
  'Builds the envelopes (axes a: source, b: domain, c: tree) of every piece of the document versions, as a set. Idempotent: writes only what differs, and returns how many rows that were.';
