do $$
begin
  perform test.equal((select lifecycle || ' ' || source from dot.fn_registry_show('tags', 'policy')), 'active catalog');
  perform test.raises('DT404', $q$select * from dot.fn_registry_show('none')$q$);
  perform test.raises('DT404', $q$select * from dot.fn_registry_show('tags', 'none')$q$);
  perform test.raises('DT409', $q$select * from dot.fn_registry_show('workflows')$q$);
end
$$;
