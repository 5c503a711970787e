do $$
declare
  v_registry dot.registry_catalog;
begin
  select * into v_registry from dot.registry_catalog where registry_code = 'job-kinds';
  assert dot.fn_registry_row(v_registry, 'a', '{"executor_class": "render", "target": {}, "summary": "x"}') ->> 'retry_policy' = 'standard', 'the class says nothing';
  update dot.executor_class_registry set retry_default = 'patient' where class_code = 'render';
  assert dot.fn_registry_row(v_registry, 'a', '{"executor_class": "render", "target": {}, "summary": "x"}') ->> 'retry_policy' = 'patient', 'the class says';
  assert dot.fn_registry_row(v_registry, 'a', '{"executor_class": "render", "retry_policy": "once", "target": {}, "summary": "x"}') ->> 'retry_policy' = 'once', 'the kind says';
end
$$;
