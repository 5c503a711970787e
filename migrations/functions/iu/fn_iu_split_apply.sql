create or replace function dot.fn_iu_split_apply(p_payload jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_unit      uuid := (p_payload ->> 'unit')::uuid;
  v_points    int[] := array(select jsonb_array_elements_text(p_payload -> 'at')::int);
  v_operation jsonb;
  v_place     record;
  v_body      bytea;
  v_block     jsonb;
  v_suffix    int;
  v_line      int;
  v_part      record;
  v_text      text;
  v_made      jsonb;
  v_after     jsonb := '[]'::jsonb;
begin
  perform dot.fn_iu_lock_documents(array[v_unit]);
  v_operation := dot.fn_iu_operation_split(v_unit, v_points);
  if v_operation is null then
    return dot.fn_iu_not_active('unit ' || v_unit);
  end if;

  select * into v_place from dot.fn_iu_place(array[v_unit]);
  select convert_to(v.body, 'UTF8') into v_body from dot.iu_version v where v.version_id = v_place.version_id;
  v_block := coalesce(v_place.block, jsonb_build_object('start', v_place.span_start, 'bytes', v_place.span_bytes,
    'digest', v_place.digest, 'path', v_place.path, 'sections', 1));
  -- The first part keeps the path; the others get the next free numbers behind a +.
  select coalesce(max(substring(t.path from length(v_place.path) + 2)::int), 1) into v_suffix
    from dot.iu_tree_path t
   where t.document_version_id = v_place.document_version_id and t.active
     and starts_with(t.path, v_place.path || '+') and substring(t.path from length(v_place.path) + 2) ~ '^[0-9]{1,9}$';
  perform dot.fn_iu_supersede(array[v_unit], v_place.document_version_id, 'split');
  v_line := v_place.line_start;
  for v_part in
    select no, point as since, lead(point, 1, octet_length(v_body)) over (order by no) as until
      from unnest(0 || v_points) with ordinality as u(point, no) order by no
  loop
    v_text := convert_from(substring(v_body from v_part.since + 1 for v_part.until - v_part.since), 'UTF8');
    v_made := dot.fn_iu_piece_make('part', jsonb_build_object('document_version', v_place.document_version_id,
        'start', v_place.span_start + v_part.since, 'line', v_line, 'depth', v_place.depth,
        'path', v_place.path || case when v_part.no > 1 then '+' || (v_suffix + v_part.no - 1) else '' end),
      v_text, case when v_part.no = 1 then v_place.title end, v_place.level, v_block);
    v_after := v_after || v_made;
    v_line := v_line + octet_length(v_text) - octet_length(replace(v_text, e'\n', ''));
  end loop;
  return dot.fn_iu_piece_finish('split', v_place.document_version_id, array[v_unit], v_after,
    jsonb_build_array(to_jsonb(v_place)));
end
$$;
comment on function dot.fn_iu_split_apply(jsonb) is
  'Splits a unit before the bytes at the cut points into new units that together are its exact bytes, as the payload {unit, at} of an approved proposal says; the unit is superseded, never deleted. Who calls it has judged the proposal. Returns {document, before, after, bytes, digest}. A refusal (DT409) when the unit is not active. DT404 when there is none, DT400 for bad cut points.';
