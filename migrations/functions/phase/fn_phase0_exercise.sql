create or replace function dot.fn_phase0_exercise() returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_checks   jsonb := '[]'::jsonb;
  v_name     text := 'phase0/scratch-' || dot.fn_uuid_v7() || '.md';
  v_pieces   text[] := array[e'# Scratch\r\n\r\nMade to be rolled back.\r\n', e'## Điều một\n\nTuyển sinh.\n', e'## Two\n\nThe end, without a line feed'];
  v_document jsonb := dot.fn_phase0_scratch(v_name, v_pieces);
  v_text     text := array_to_string(v_pieces, '');
  v_actor    record := dot.fn_actor_current();
  v_answer   jsonb;
  v_unit     uuid;
  v_split    jsonb;
  v_proposal uuid;
  v_count    bigint;
begin
  perform dot.fn_phase0_wire(true);
  v_answer := dot.fn_iu_import(v_document);
  v_checks := dot.fn_phase_check(v_checks, 'an import is marked, approved, cut, verified and cleaned up', v_answer #>> '{documents,0,state}' = 'completed', v_answer -> 'totals');
  select count(*) into v_count from dot.cut_request_transition t where t.cut_request_id = (v_answer #>> '{cuts,0}')::uuid;
  v_checks := dot.fn_phase_check(v_checks, 'every move of the cut is recorded', v_count = 6, to_jsonb(v_count));
  v_checks := dot.fn_phase_check(v_checks, 'the pieces are the exact bytes of the document', dot.fn_iu_render(v_name) ->> 'text' = v_text);
  select count(*) into v_count from dot.iu_three_axis_envelope e join dot.iu_document d using (document_id) where d.name = v_name;
  v_checks := dot.fn_phase_check(v_checks, 'a completed cut materializes its axes by itself', v_count = 3, to_jsonb(v_count));
  v_answer := dot.fn_iu_import(v_document);
  v_checks := dot.fn_phase_check(v_checks, 'the same bytes again change nothing', v_answer #>> '{documents,0,verdict}' = 'unchanged' and v_answer -> 'cuts' = '[]');

  select t.unit_id into v_unit
    from dot.iu_document d join dot.iu_tree_path t on t.document_version_id = d.current_version_id
   where d.name = v_name and t.path = 'scratch/two';
  v_answer := dot.fn_iu_piece_split(v_unit, array[7]);
  v_checks := dot.fn_phase_check(v_checks, 'a split without a proposal is refused', v_answer ->> 'reason' = 'approval_required', v_answer -> 'reason');
  v_proposal := (dot.fn_proposal_submit('iu_split', jsonb_build_object('unit', v_unit, 'at', array[5])) ->> 'proposal')::uuid;
  v_answer := dot.fn_proposal_apply(v_proposal);
  v_checks := dot.fn_phase_check(v_checks, 'a proposal that nobody approved is refused', v_answer ->> 'reason' = 'approval_missing', v_answer -> 'reason');
  perform dot.fn_review_record(v_proposal, 'approved', 'scratch', '[]', v_actor.actor_id, v_actor.actor_kind, v_actor.principal, v_actor.verified);
  v_answer := dot.fn_proposal_apply(v_proposal);
  v_checks := dot.fn_phase_check(v_checks, 'an approval of one''s own does not count', v_answer ->> 'reason' = 'approval_missing', v_answer -> 'reason');
  perform dot.fn_review_record(v_proposal, 'approved', 'scratch', '[]', 'phase0-reviewer', 'human', null, false);
  perform dot.fn_proposal_revise(v_proposal, jsonb_build_object('unit', v_unit, 'at', array[7]));
  v_answer := dot.fn_proposal_apply(v_proposal);
  v_checks := dot.fn_phase_check(v_checks, 'an approval of another cut does not count', v_answer ->> 'reason' = 'approval_missing', v_answer -> 'reason');
  perform dot.fn_review_record(v_proposal, 'approved', 'scratch', '[]', 'phase0-reviewer', 'human', null, false);
  v_split := dot.fn_proposal_apply(v_proposal);
  v_checks := dot.fn_phase_check(v_checks, 'a split under its approval makes two pieces of the same bytes',
    jsonb_array_length(v_split -> 'after') = 2 and dot.fn_iu_render(v_name) ->> 'text' = v_text, v_split -> 'after');
  select count(*) into v_count from dot.information_unit where unit_id = v_unit and lifecycle_state = 'superseded';
  v_checks := dot.fn_phase_check(v_checks, 'the original is superseded, not deleted', v_count = 1 and dot.fn_iu_show(v_unit) ->> 'body' = v_pieces[3]);
  v_answer := dot.fn_proposal_apply(v_proposal);
  v_checks := dot.fn_phase_check(v_checks, 'a proposal is good for once', v_answer ->> 'refused' = 'true', v_answer -> 'reason');

  v_proposal := (dot.fn_proposal_submit('iu_merge', jsonb_build_object('units', jsonb_path_query_array(v_split, '$.after[*].unit'))) ->> 'proposal')::uuid;
  perform dot.fn_review_record(v_proposal, 'approved', 'scratch', '[]', 'phase0-reviewer', 'human', null, false);
  v_answer := dot.fn_proposal_apply(v_proposal);
  v_checks := dot.fn_phase_check(v_checks, 'split and merged again, the bytes are the original''s',
    dot.fn_iu_show((v_answer #>> '{after,0,unit}')::uuid) ->> 'body' = v_pieces[3] and dot.fn_iu_render(v_name) ->> 'text' = v_text);
  select count(*) into v_count from dot.iu_relation r
    join dot.iu_document d on d.name = v_name join dot.information_unit u on u.unit_id = r.from_unit_id and u.document_id = d.document_id;
  v_checks := dot.fn_phase_check(v_checks, 'lineage joins them', v_count = 4, to_jsonb(v_count));
  select count(*) into v_count
    from dot.iu_document d join dot.iu_tree_path t on t.document_version_id = d.current_version_id and t.active
    left join dot.iu_three_axis_envelope e using (version_id) where d.name = v_name and e.version_id is null;
  v_checks := dot.fn_phase_check(v_checks, 'split and merged pieces have their axes', v_count = 0, to_jsonb(v_count));

  perform dot.fn_context_put('birth', '{"source": "command"}');
  insert into dot.consumer_registry (consumer_code, event_types, function_name, summary, owner)
  values ('phase0.broken', array['iu.cut.completed'], 'fn_phase0_no_such_function', 'Fails, to show that a cut does not', 'iu');
  v_answer := dot.fn_iu_import(dot.fn_phase0_scratch(v_name || '.second', v_pieces));
  select count(*) into v_count from dot.consumer_delivery where consumer_code = 'phase0.broken' and state = 'failed';
  v_checks := dot.fn_phase_check(v_checks, 'a consumer that fails does not fail the cut, and its failure is kept to retry',
    v_answer #>> '{documents,0,state}' = 'completed' and v_count = 1, to_jsonb(v_count));
  v_checks := dot.fn_phase_check(v_checks, 'a failed delivery is a red health row',
    (select h.state from dot.fn_iu_health() h where h.item = 'failed deliveries') = 'red');
  return v_checks;
end
$$;
comment on function dot.fn_phase0_exercise() is
  'Goes once through all that Phase 0 promises on a scratch document, and returns [{promise, kept, evidence}]. It leaves everything it made behind: only fn_phase_verify calls it, and rolls it back.';
