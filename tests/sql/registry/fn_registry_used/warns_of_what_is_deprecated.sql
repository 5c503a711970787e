do $$
begin
  perform dot.fn_registry_used('tags', 'policy');
  perform test.equal(dot.fn_command_warned(), '{}'::jsonb);
  perform dot.fn_registry_deprecate('tags', 'policy', 'old');
  perform dot.fn_registry_used('tags', 'policy');
  assert dot.fn_command_warned() #>> '{warnings,0}' = 'policy of registry tags is deprecated: old';
end
$$;
