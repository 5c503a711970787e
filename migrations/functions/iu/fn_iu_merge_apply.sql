create or replace function dot.fn_iu_merge_apply(p_payload jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_merged    uuid[] := array(select jsonb_array_elements_text(p_payload -> 'units')::uuid);
  v_operation jsonb;
  v_first     record;
  v_before    jsonb;
  v_text      text;
  v_made      jsonb;
begin
  perform dot.fn_iu_lock_documents(v_merged);
  v_operation := dot.fn_iu_operation_merge(v_merged);
  if v_operation is null then
    return dot.fn_iu_not_active('one of the units');
  end if;

  select * into v_first from dot.fn_iu_place(array[v_merged[1]]);
  select jsonb_agg(to_jsonb(p) order by p.span_start), string_agg(v.body, '' order by p.span_start)
    into v_before, v_text
    from dot.fn_iu_place(v_merged) p join dot.iu_version v using (version_id);
  perform dot.fn_iu_supersede(v_merged, v_first.document_version_id, 'merged');
  v_made := dot.fn_iu_piece_make('merged', jsonb_build_object('document_version', v_first.document_version_id,
      'start', v_first.span_start, 'line', v_first.line_start, 'depth', v_first.depth, 'path', v_first.path),
    v_text, v_first.title, v_first.level, null);
  perform dot.fn_iu_block_join(v_first.document_version_id, v_before, (v_made ->> 'unit')::uuid);
  return dot.fn_iu_piece_finish('merge', v_first.document_version_id, v_merged, jsonb_build_array(v_made), v_before);
end
$$;
comment on function dot.fn_iu_merge_apply(jsonb) is
  'Merges units that follow one another in one document into one new unit, whose body is theirs in order, byte for byte, as the payload {units} of an approved proposal says; they are superseded, never deleted. Who calls it has judged the proposal. Returns {document, before, after, bytes, digest}. A refusal (DT409) when a unit is not active. DT404 when one does not exist, DT400 for units that cannot be merged.';
