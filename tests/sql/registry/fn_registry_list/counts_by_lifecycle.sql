do $$
begin
  perform dot.fn_registry_deprecate('tags', 'policy', 'old');
  perform test.equal((select deprecated || ' ' || archived || ' ' || open from dot.fn_registry_list() where registry = 'tags'), '1 0 true');
  assert not exists (select 1 from dot.fn_registry_list() where registry = 'workflow-runs'), 'a relation is no registry';
end
$$;
