create or replace function dot.fn_phase0_expected() returns jsonb
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select jsonb_build_object(
    'tables', jsonb_build_object(
      'information_unit', '{"unit_id":"uuid","document_id":"uuid","unit_kind":"text","lifecycle_state":"text"}'::jsonb,
      'iu_version', '{"version_id":"uuid","unit_id":"uuid","version_no":"integer","document_version_id":"uuid","body":"text","digest":"text"}'::jsonb,
      'iu_tree_path', '{"document_version_id":"uuid","unit_id":"uuid","version_id":"uuid","span_start":"integer","span_bytes":"integer","path":"text"}'::jsonb,
      'iu_three_axis_envelope', '{"version_id":"uuid","document_version_id":"uuid","digest":"text","tags":"text[]","classification":"text[]","path":"text"}'::jsonb,
      'iu_metadata_tag', '{"unit_id":"uuid","tag_code":"text"}'::jsonb,
      'iu_metadata_tag_registry', '{"tag_code":"text","facet":"text","status":"text"}'::jsonb,
      'iu_sql_link', '{"link_id":"uuid","unit_id":"uuid","link_kind":"text","target":"text"}'::jsonb,
      'iu_piece_collection', '{"collection_id":"uuid","collection_code":"text"}'::jsonb,
      'iu_piece_membership', '{"collection_id":"uuid","ordinal":"integer","unit_id":"uuid","version_id":"uuid"}'::jsonb,
      'iu_relation', '{"from_unit_id":"uuid","to_unit_id":"uuid","relation_kind":"text","proposal_id":"uuid"}'::jsonb,
      'iu_lifecycle_log', '{"unit_id":"uuid","from_state":"text","to_state":"text"}'::jsonb,
      'iu_staging_record', '{"cut_request_id":"uuid","ordinal":"integer","digest":"text"}'::jsonb,
      'cut_request', '{"cut_request_id":"uuid","document_version_id":"uuid","state":"text"}'::jsonb,
      'cut_request_transition', '{"cut_request_id":"uuid","from_state":"text","to_state":"text"}'::jsonb,
      'iu_collection_template', '{"template_code":"text","selectors":"jsonb"}'::jsonb,
      'iu_vector_sync_point', '{"version_id":"uuid","store":"text"}'::jsonb,
      'iu_core_retention_policy', '{"policy_code":"text","applies_to":"text"}'::jsonb,
      'event_outbox', '{"event_id":"bigint","event_type":"text","payload":"jsonb","xid":"xid8"}'::jsonb,
      'consumer_registry', '{"consumer_code":"text","event_types":"text[]","function_name":"text","gate":"text"}'::jsonb,
      'consumer_delivery', '{"consumer_code":"text","event_id":"bigint","state":"text","error":"jsonb"}'::jsonb,
      'review_decision', '{"review_decision_id":"uuid","review_kind":"text","proposal_id":"uuid","approval_id":"uuid","reviewer_id":"text","verdict":"text","decision_rationale":"text","decided_at":"timestamp with time zone","evidence_refs_jsonb":"jsonb","payload_digest":"text","base_digest":"text","trace_id":"text"}'::jsonb),
    'functions', jsonb_build_object(
      'fn_iu_post_cut_axis_materialize', 'p_cut_request_id uuid', 'fn_cut_complete', 'p_cuts uuid[]',
      'fn_iu_op_mark', 'p_cut_request_id uuid', 'fn_iu_op_approve', 'p_cut_request_id uuid', 'fn_iu_op_cut', 'p_cut_request_id uuid',
      'fn_iu_op_verify', 'p_cut_request_id uuid', 'fn_iu_op_cleanup', 'p_cut_request_id uuid',
      'fn_iu_piece_split', 'p_unit uuid, p_cut_points integer[]',
      'fn_iu_piece_merge', 'p_units uuid[]', 'fn_proposal_apply', 'p_proposal uuid',
      'fn_event_emit', 'p_event_type text, p_payload jsonb, p_subject text, p_key text, p_schema_version text', 'fn_consumer_dispatch', 'p_event_ids bigint[], p_consumer text'),
    'gates', jsonb_build_array('iu.post_cut.autowire'))
$$;
comment on function dot.fn_phase0_expected() is
  'What the survey expects to find: tables {name: {column: type}}, functions {name: arguments}, gates [key]. Tables may have more columns.';
