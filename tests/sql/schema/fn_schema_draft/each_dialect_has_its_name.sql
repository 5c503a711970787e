do $$
declare
  v_case record;
begin
  for v_case in
    select * from (values (null, '2020-12'), ('https://json-schema.org/draft/2020-12/schema#', '2020-12'), ('https://json-schema.org/draft/2019-09/schema', '2019-09'),
      ('http://json-schema.org/draft-07/schema#', '07'), ('http://json-schema.org/draft-06/schema', '06'), ('http://json-schema.org/draft-04/schema#', '04'),
      ('https://spec.openapis.org/oas/3.0/dialect', 'openapi-3.0'), ('https://spec.openapis.org/oas/3.1/dialect/base', 'openapi-3.1'), ('http://json-schema.org/draft-03/schema#', null)) c(dialect, draft)
  loop
    perform test.equal(dot.fn_schema_draft(v_case.dialect), v_case.draft, v_case.dialect);
  end loop;
end
$$;
