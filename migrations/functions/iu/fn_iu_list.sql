create or replace function dot.fn_iu_list(
  p_document text default null, p_tag text default null, p_path text default null, p_after text default null, p_limit int default 100)
returns table (unit uuid, document text, path text, title text, kind text, version int, bytes int, tags text[], place text)
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_after_name  text := substring(p_after from '^(.*)@[0-9]{10}$');
  v_after_start int := substring(p_after from '@([0-9]{10})$')::int;
begin
  if p_tag is not null then
    perform dot.fn_registry_used('tags', p_tag);
  end if;
  if p_after is not null and v_after_start is null then
    raise exception using errcode = 'DT400', message = format('invalid cursor %L', p_after),
      hint = 'Use the column place of the last row, or the cursor that was printed.';
  end if;
  return query
  select t.unit_id, d.name, t.path, v.title, u.unit_kind, v.version_no, v.bytes,
         array(select m.tag_code from dot.iu_metadata_tag m where m.unit_id = t.unit_id order by m.tag_code),
         d.name || '@' || lpad(t.span_start::text, 10, '0')
    from dot.iu_document d
    join dot.iu_tree_path t on t.document_version_id = d.current_version_id and t.active
    join dot.iu_version v on v.version_id = t.version_id
    join dot.information_unit u on u.unit_id = t.unit_id
   where (p_document is null or d.name = p_document)
     and (p_tag is null or exists (select 1 from dot.iu_metadata_tag m where m.unit_id = t.unit_id and m.tag_code = p_tag))
     and (p_path is null or t.path = p_path or starts_with(t.path, p_path || '/'))
     and (p_after is null or d.name > v_after_name or (d.name = v_after_name and t.span_start > v_after_start))
   order by d.name, t.span_start
   limit p_limit;
end
$$;
comment on function dot.fn_iu_list(text, text, text, text, int) is
  'The units of the current documents, in the order of documents and places: all, or those of p_document, with p_tag, at or below p_path. p_after: the place of the last row seen. DT400 when p_after is no place.';
