do $$
begin
  assert dot.fn_schema_referrer(array['{"a": "schema:#/items", "b": "schema:", "s": {"$ref": "#/x"}}'::jsonb], 'schema:', '#/x') = row('schema:#/items/$ref'::text, '$ref'::text)::record;
end
$$;
