create or replace function dot.fn_iu_piece_finish(
  p_what text, p_document_version uuid, p_before uuid[], p_after jsonb, p_places jsonb)
returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_after    uuid[] := array(select (a ->> 'unit')::uuid from jsonb_array_elements(p_after) a);
  v_name     text;
  v_old      text;
  v_new      text;
  v_result   jsonb;
  v_event    bigint;
  v_proposal uuid := dot.fn_proposal_current();
begin
  select string_agg(v.body, '' order by (p ->> 'span_start')::int) into v_old
    from jsonb_array_elements(p_places) p join dot.iu_version v on v.version_id = (p ->> 'version_id')::uuid;
  select string_agg(v.body, '' order by p.span_start) into v_new from dot.fn_iu_place(v_after) p join dot.iu_version v using (version_id);
  if v_old is distinct from v_new then
    raise exception using errcode = 'DT500', message = format('the %s would not keep the bytes; nothing was changed', p_what),
      hint = 'Report this: splits and merges must be exact.';
  end if;
  insert into dot.iu_relation (from_unit_id, to_unit_id, relation_kind, proposal_id, run_id, created_at)
  select b, a, case p_what when 'split' then 'split_into' when 'merge' then 'merged_into' else 'reverted_to' end, v_proposal,
         dot.fn_run_current(), dot.fn_clock_now()
    from unnest(p_before) b, unnest(v_after) a;
  v_result := jsonb_build_object('after', p_after, 'before', (
    select jsonb_agg(jsonb_build_object('unit', p -> 'unit_id', 'version', p -> 'version_id', 'path', p -> 'path', 'depth', p -> 'depth',
             'start', p -> 'span_start', 'bytes', p -> 'span_bytes', 'line_start', p -> 'line_start', 'line_end', p -> 'line_end', 'block', p -> 'block')
             order by (p ->> 'span_start')::int)
      from jsonb_array_elements(p_places) p));
  select d.name into v_name from dot.iu_document_version v join dot.iu_document d using (document_id) where v.document_version_id = p_document_version;
  v_event := dot.fn_event_emit('iu.piece.' || p_what, jsonb_build_object('document_version_id', p_document_version, 'document', v_name,
    'proposal_id', v_proposal, 'before', to_jsonb(p_before), 'after', to_jsonb(v_after)), v_proposal::text, v_name);
  perform dot.fn_consumer_dispatch(array[v_event]);
  return v_result || jsonb_build_object('document', v_name,
    'bytes', octet_length(v_new), 'digest', encode(sha256(convert_to(v_new, 'UTF8')), 'hex'));
end
$$;
comment on function dot.fn_iu_piece_finish(text, uuid, uuid[], jsonb, jsonb) is
  'The end of a split, merge or revert (p_what): proves that the bytes are the same, writes the lineage with the proposal that is being carried out, emits iu.piece.<what> and delivers it. p_after [{unit, version}] are the units made, p_places those superseded, as fn_iu_place had them. Returns the outcome. DT500 when bytes were lost.';
