drop table dot.event_validation_audit, dot.event_type_registry, dot.schema_change_policy, dot.event_domain_registry;
drop schema dot_compiled cascade;
