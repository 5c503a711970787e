create or replace function dot.fn_cut_match(p_cuts uuid[]) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
  set work_mem = '64MB' set enable_nestloop = off set enable_seqscan = off set jit = off
as $$
begin
  perform dot.fn_cut_keep_blocks(p_cuts);

  -- First by path: the same place keeps its unit, and its version too where the bytes are the same.
  update dot.iu_staging_record s
     set unit_id = o.unit_id,
         version_id = case when v.digest = s.digest then o.version_id else s.version_id end,
         change = case when v.digest = s.digest then 'unchanged' else 'changed' end
    from dot.cut_request c
     cross join lateral (select w.* from dot.iu_document_version w where w.document_version_id = c.document_version_id offset 0) d
     cross join lateral (
       select t.* from dot.iu_tree_path t where t.document_version_id = d.base_version_id and t.active and t.block is null offset 0) o
     cross join lateral (select w.digest from dot.iu_version w where w.version_id = o.version_id offset 0) v
   where c.cut_request_id = any (p_cuts) and s.cut_request_id = any (p_cuts) and s.cut_request_id = c.cut_request_id and s.change = 'added' and s.path = o.path;

  -- Then by content: what is left on both sides with the same bytes has moved; equals are paired in order.
  with fresh as (
    select s.cut_request_id, s.ordinal, s.digest,
           row_number() over (partition by s.cut_request_id, s.digest order by s.ordinal) as twin
      from dot.iu_staging_record s
     where s.cut_request_id = any (p_cuts) and s.change = 'added'
  ), left_over as (
    select c.cut_request_id, o.unit_id, o.version_id, v.digest,
           row_number() over (partition by c.cut_request_id, v.digest order by o.span_start) as twin
      from dot.cut_request c
     cross join lateral (select w.* from dot.iu_document_version w where w.document_version_id = c.document_version_id offset 0) d
     cross join lateral (
       select t.* from dot.iu_tree_path t where t.document_version_id = d.base_version_id and t.active and t.block is null offset 0) o
     cross join lateral (select w.digest from dot.iu_version w where w.version_id = o.version_id offset 0) v
      left join dot.iu_staging_record s on s.cut_request_id = c.cut_request_id and s.unit_id = o.unit_id and s.cut_request_id = any (p_cuts)
     where c.cut_request_id = any (p_cuts) and s.unit_id is null
  )
  update dot.iu_staging_record s
     set unit_id = l.unit_id, version_id = l.version_id, change = 'moved'
    from fresh f join left_over l using (cut_request_id, digest, twin)
   where s.cut_request_id = any (p_cuts) and s.cut_request_id = f.cut_request_id and s.ordinal = f.ordinal;
end
$$;
comment on function dot.fn_cut_match(uuid[]) is
  'Decides for each staged piece of a document that had a version before, which unit it is: the split or merged pieces of sections whose bytes are the same (kept), the unit at the same path (unchanged or changed), the unit with the same bytes elsewhere (moved), or a new one (added).';
