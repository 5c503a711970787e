do $$
begin
  perform test.raises('DT428', $q$insert into dot.iu_metadata_tag_registry (tag_code, facet, title, summary) values ('wild', 'domain', 'T', 's')$q$);
  perform set_config('dot.birth', '{"source": "proposal", "registry": "tags", "key": "other"}', true);
  perform test.raises('DT428', $q$insert into dot.iu_metadata_tag_registry (tag_code, facet, title, summary) values ('wild', 'domain', 'T', 's')$q$);
end
$$;
