do $$
declare
  v_schema constant jsonb := '{"type": "object", "required": ["id"], "properties": {"id": {"type": "string", "minLength": 1}}, "additionalProperties": false}';
  v_name   text := dot.fn_schema_compile(v_schema);
  v_line   text;
  v_plan   text := '';
begin
  assert v_name = dot.fn_schema_compile(v_schema), 'the same schema is the same function';
  assert (select provolatile = 'i' and proowner = 'dot_owner'::regrole and not exists (select 1 from aclexplode(proacl) where grantee <> proowner)
            from pg_proc where oid = to_regprocedure(v_name || '(jsonb)')), 'immutable, and nobody else may call it';
  create temp table payloads (p jsonb);
  for v_line in execute format('explain (verbose) select p from payloads where not %s(p)', v_name) loop
    v_plan := v_plan || v_line;
  end loop;
  assert v_plan not like '%s\_%(p)%' and v_plan like '%jsonb_typeof%', format('it is part of the query: %s', v_plan);
end
$$;
