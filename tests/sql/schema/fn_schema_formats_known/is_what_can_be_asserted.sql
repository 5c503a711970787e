do $$
begin
  assert dot.fn_schema_formats_known() @> '{date-time,uuid,regex}' and not 'iri' = any (dot.fn_schema_formats_known());
end
$$;
