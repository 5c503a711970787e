do $$
begin
  perform test.equal(dot.fn_registry_derive('r', '{"phase": "program"}', null), null::jsonb);
  perform test.equal(dot.fn_registry_derive('r', '{"phase": "live"}', null), '{}'::jsonb);
end
$$;
