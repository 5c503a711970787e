create or replace function dot.fn_iu_revert_apply(p_payload jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_undo      uuid := (p_payload ->> 'undo')::uuid;
  v_result    jsonb;
  v_units     uuid[];
  v_operation jsonb;
  v_places    jsonb;
  v_version   uuid;
  v_shift     int;
  v_lines     int;
  v_block     jsonb;
  v_shared    boolean;
begin
  select p.outcome_jsonb into v_result from dot.proposal p where p.proposal_id = v_undo and p.proposal_state = 'merged';
  v_units := array(select (i ->> 'unit')::uuid from jsonb_array_elements((v_result -> 'before') || (v_result -> 'after')) i);
  perform dot.fn_iu_lock_documents(v_units);
  v_operation := dot.fn_iu_operation_revert(v_undo);
  if v_operation is null then
    return dot.fn_iu_not_active('what it made');
  end if;

  v_units := array(select (i ->> 'unit')::uuid from jsonb_array_elements(v_result -> 'after') i);
  select jsonb_agg(to_jsonb(p) order by p.span_start), (array_agg(p.document_version_id))[1],
         min(p.span_start) - min((b.start)), min(p.line_start) - min(b.line), (array_agg(p.block order by p.span_start))[1]
    into v_places, v_version, v_shift, v_lines, v_block
    from dot.fn_iu_place(v_units) p,
         (select min((i ->> 'start')::int) as start, min((i ->> 'line_start')::int) as line from jsonb_array_elements(v_result -> 'before') i) b;
  -- Other pieces in the same block were made since from the same sections; then the block must stay.
  select exists (
    select 1 from dot.iu_tree_path t
     where t.document_version_id = v_version and t.active and t.unit_id <> all (v_units) and t.block = v_block) into v_shared;
  perform dot.fn_iu_supersede(v_units, v_version, 'reverted');
  insert into dot.iu_tree_path as t (
    document_version_id, unit_id, version_id, span_start, span_bytes, line_start, line_end, path, depth, active, block)
  select v_version, (i ->> 'unit')::uuid, (i ->> 'version')::uuid, (i ->> 'start')::int + v_shift, (i ->> 'bytes')::int,
         (i ->> 'line_start')::int + v_lines, (i ->> 'line_end')::int + v_lines, i ->> 'path', (i ->> 'depth')::smallint, true,
         case when v_shared then v_block
              when jsonb_typeof(i -> 'block') = 'object'
                then (i -> 'block') || jsonb_build_object('start', (i #>> '{block,start}')::int + v_shift) end
    from jsonb_array_elements(v_result -> 'before') i
  on conflict (document_version_id, unit_id) do update set active = true, block = excluded.block;
  update dot.information_unit set lifecycle_state = 'active'
   where unit_id in (select (i ->> 'unit')::uuid from jsonb_array_elements(v_result -> 'before') i);
  insert into dot.iu_lifecycle_log (unit_id, from_state, to_state, reason, actor, run_id, moved_at)
  select (i ->> 'unit')::uuid, 'superseded', 'active', 'brought back', (dot.fn_actor_current()).actor_id,
         dot.fn_run_current(), dot.fn_clock_now()
    from jsonb_array_elements(v_result -> 'before') i;
  return dot.fn_iu_piece_finish('revert', v_version, v_units,
    (select jsonb_agg(jsonb_build_object('unit', i -> 'unit', 'version', i -> 'version')) from jsonb_array_elements(v_result -> 'before') i),
    v_places);
end
$$;
comment on function dot.fn_iu_revert_apply(jsonb) is
  'Takes back the split or merge of the proposal that the payload {undo} names: its units come back with their ids and versions, what it made is superseded. Who calls it has judged the proposal for this. Returns {document, before, after, bytes, digest}. A refusal (DT409) when what it made has changed since. DT404 when the proposal is no split or merge that was carried out.';
