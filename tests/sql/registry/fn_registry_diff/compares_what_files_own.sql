do $$
begin
  perform test.equal((select count(*) from dot.fn_registry_diff('tags', jsonb_build_object('tags', (
    select jsonb_object_agg(tag_code, jsonb_build_object('facet', facet, 'title', title, 'summary', summary)) from dot.iu_metadata_tag_registry)))), 0::bigint);
  assert (select bool_and(difference = 'only in the database') from dot.fn_registry_diff('tags', '{"tags": {}}'));
  perform test.raises('DT404', $q$select * from dot.fn_registry_diff('none', '{}')$q$);
  perform test.raises('DT409', $q$select * from dot.fn_registry_diff('consumers', '{}')$q$);
end
$$;
