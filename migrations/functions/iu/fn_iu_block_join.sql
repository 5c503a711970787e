create or replace function dot.fn_iu_block_join(p_document_version uuid, p_before jsonb, p_merged uuid) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_block jsonb;
  v_start int;
  v_end   int;
begin
  -- The sections under the merged pieces, each counted once however many of its pieces took part.
  select min((b.block ->> 'start')::int), max((b.block ->> 'start')::int + (b.block ->> 'bytes')::int),
         jsonb_build_object('path', (array_agg(b.block ->> 'path' order by (b.block ->> 'start')::int))[1],
           'sections', sum((b.block ->> 'sections')::int))
    into v_start, v_end, v_block
    from (
      select distinct case when jsonb_typeof(p -> 'block') = 'object' then p -> 'block'
               else jsonb_build_object('start', p -> 'span_start', 'bytes', p -> 'span_bytes', 'path', p -> 'path', 'sections', 1) end - 'digest' as block
        from jsonb_array_elements(p_before) p) b;
  if (v_block ->> 'sections')::int = 1
    and exists (
      select 1 from dot.iu_tree_path t
       where t.document_version_id = p_document_version and t.unit_id = p_merged and t.span_start = v_start and t.span_bytes = v_end - v_start)
  then
    return;
  end if;
  v_block := v_block || jsonb_build_object('start', v_start, 'bytes', v_end - v_start, 'digest', (
    select encode(sha256(convert_to(string_agg(v.body, '' order by t.span_start), 'UTF8')), 'hex')
      from dot.iu_tree_path t
     cross join lateral (select w.body from dot.iu_version w where w.version_id = t.version_id offset 0) v
     where t.document_version_id = p_document_version and t.active and t.span_start >= v_start and t.span_start < v_end));
  update dot.iu_tree_path t set block = v_block
   where t.document_version_id = p_document_version and t.active and t.span_start >= v_start and t.span_start < v_end;
end
$$;
comment on function dot.fn_iu_block_join(uuid, jsonb, uuid) is
  'After a merge: gives the merged piece, and the other pieces of the sections it took from, the block of those sections. A piece that is again exactly one section needs none.';
