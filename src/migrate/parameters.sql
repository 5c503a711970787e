-- In the form of snapshot.sql: who but superusers may set what only superusers may, such as which triggers fire.
select coalesce(jsonb_object_agg('parameter ' || p.parname, p.paracl::text), '{}')::text from pg_parameter_acl p
