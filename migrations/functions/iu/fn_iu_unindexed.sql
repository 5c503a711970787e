create or replace function dot.fn_iu_unindexed() returns bigint
language sql stable security definer set search_path = dot, pg_temp set enable_nestloop = off
as $$
  select count(*)
    from dot.iu_document d
    join dot.iu_tree_path t on t.document_version_id = d.current_version_id and t.active
    left join dot.iu_search_index i using (version_id)
   where i.version_id is null
$$;
comment on function dot.fn_iu_unindexed() is 'How many current unit versions are not in the search index yet.';
