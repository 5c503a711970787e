create or replace function dot.fn_iu_piece_merge(p_units uuid[], p_review_decision_id uuid default null) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused   jsonb := dot.fn_command_guard('iu merge', jsonb_build_object('units', p_units, 'decision', p_review_decision_id));
  v_operation jsonb;
  v_first     record;
  v_before    jsonb;
  v_text      text;
  v_made      jsonb;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  perform dot.fn_iu_lock_documents(p_units);
  v_operation := dot.fn_iu_operation_merge(p_units);
  if v_operation is null then
    return dot.fn_iu_not_active('one of the units');
  end if;
  v_refused := dot.fn_review_judge(p_review_decision_id, v_operation);
  if v_refused is not null then
    return v_refused;
  end if;

  select * into v_first from dot.fn_iu_place(array[p_units[1]]);
  select jsonb_agg(to_jsonb(p) order by p.span_start), string_agg(v.body, '' order by p.span_start)
    into v_before, v_text
    from dot.fn_iu_place(p_units) p join dot.iu_version v using (version_id);
  perform dot.fn_iu_supersede(p_units, v_first.document_version_id, 'merged');
  v_made := dot.fn_iu_piece_make('merged', jsonb_build_object('document_version', v_first.document_version_id,
      'start', v_first.span_start, 'line', v_first.line_start, 'depth', v_first.depth, 'path', v_first.path),
    v_text, v_first.title, v_first.level, null);
  perform dot.fn_iu_block_join(v_first.document_version_id, v_before, (v_made ->> 'unit')::uuid);
  return dot.fn_iu_piece_finish('merge', p_review_decision_id, v_first.document_version_id, p_units, jsonb_build_array(v_made), v_before);
end
$$;
comment on function dot.fn_iu_piece_merge(uuid[], uuid) is
  'Merges units that follow one another in one document into one new unit, whose body is theirs in order, byte for byte. They are superseded, never deleted. Needs an approved, unspent review decision of someone else for exactly this, and spends it. Returns {decision, document, before, after: [{unit, version}], digest}. Refusals: DT428 by fn_review_judge, DT409 when a unit is not active. DT404 when one does not exist, DT400 for units that cannot be merged.';
