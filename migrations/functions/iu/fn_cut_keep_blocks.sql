create or replace function dot.fn_cut_keep_blocks(p_cuts uuid[]) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
  set work_mem = '64MB' set enable_nestloop = off set enable_seqscan = off set jit = off set enable_mergejoin = off
as $$
begin
  with old as materialized (
    select c.cut_request_id, c.document_version_id as new_version_id, o.*, (o.block ->> 'start')::int as block_start, (o.block ->> 'bytes')::int as block_bytes
      from dot.cut_request c
     cross join lateral (select w.* from dot.iu_document_version w where w.document_version_id = c.document_version_id offset 0) d
     cross join lateral (
       select t.* from dot.iu_tree_path t where t.document_version_id = d.base_version_id and t.active and t.block is not null offset 0) o
     where c.cut_request_id = any (p_cuts)
  ), block as (
    select cut_request_id, block_start, block_bytes, min(line_start) as line_start, block ->> 'path' as path, block ->> 'digest' as digest
      from old group by cut_request_id, block_start, block_bytes, block
  ), doc as materialized (
    select c.cut_request_id, convert_to(s.body, 'UTF8') as bytes
      from dot.cut_request c
     cross join lateral (select t.body from dot.iu_staged_document t where t.document_version_id = c.document_version_id offset 0) s
     where c.cut_request_id = any (array(select cut_request_id from old))
  ), found as materialized (
    -- The same path begins whole sections of the same bytes: the pieces people made of them live on.
    select b.cut_request_id, b.block_start, b.block_bytes, s.span_start - b.block_start as shift, s.line_start - b.line_start as line_shift,
           s.ordinal as first_ordinal, e.ordinal as last_ordinal
      from block b
      join dot.iu_staging_record s on s.cut_request_id = any (p_cuts) and s.cut_request_id = b.cut_request_id and s.path = b.path
      join dot.iu_staging_record e on e.cut_request_id = any (p_cuts) and e.cut_request_id = b.cut_request_id and e.span_start + e.span_bytes = s.span_start + b.block_bytes
      join doc d on d.cut_request_id = b.cut_request_id
     where encode(sha256(substring(d.bytes from s.span_start + 1 for b.block_bytes)), 'hex') = b.digest
  ), kept as (
    update dot.iu_staging_record s set change = 'kept'
      from found f
     where s.cut_request_id = any (p_cuts) and s.cut_request_id = f.cut_request_id and s.ordinal between f.first_ordinal and f.last_ordinal
  )
  insert into dot.iu_tree_path (document_version_id, unit_id, version_id, span_start, span_bytes, line_start, line_end, path, depth, block)
  select o.new_version_id, o.unit_id, o.version_id, o.span_start + f.shift, o.span_bytes, o.line_start + f.line_shift, o.line_end + f.line_shift,
         o.path, o.depth, o.block || jsonb_build_object('start', o.block_start + f.shift)
    from old o join found f using (cut_request_id, block_start, block_bytes);
end
$$;
comment on function dot.fn_cut_keep_blocks(uuid[]) is
  'Carries split and merged pieces over into a new document version, where the sections that they were made of are still there byte for byte under the same path.';
