drop table dot.external_tool_registry;
drop table dot.registry_birth;
