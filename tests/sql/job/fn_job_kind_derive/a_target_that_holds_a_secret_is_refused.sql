do $$
begin
  perform test.raises('DT400', $x$ select dot.fn_registry_row((select c from dot.registry_catalog c where registry_code = 'job-kinds'), 'a.b',
    '{"executor_class": "external_api", "target": {"url": "https://example.org", "headers": {"authorization": "Bearer x"}}, "summary": "x"}') $x$);
end
$$;
