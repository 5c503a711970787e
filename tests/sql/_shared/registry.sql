-- The declaration of a registry.
create function test.registry(p_code text) returns dot.registry_catalog
language sql as $$ select r from dot.registry_catalog r where r.registry_code = p_code $$;
