set local role dot_owner;
drop table dot.registry_catalog, dot.iu_core_retention_policy, dot.iu_vector_sync_point, dot.iu_piece_membership,
  dot.iu_piece_collection, dot.iu_collection_template, dot.iu_sql_link, dot.iu_metadata_tag, dot.iu_metadata_tag_registry,
  dot.iu_relation, dot.review_decision_use, dot.review_decision, dot.iu_lifecycle_log, dot.iu_search_index,
  dot.iu_three_axis_envelope, dot.iu_tree_path, dot.iu_version, dot.information_unit, dot.iu_staging_record,
  dot.cut_request_transition, dot.cut_request, dot.iu_staged_document;
alter table dot.iu_document drop constraint iu_document_current_version_id_fkey;
drop table dot.iu_document_version, dot.iu_document, dot.consumer_delivery, dot.consumer_registry, dot.event_outbox;
reset role;
