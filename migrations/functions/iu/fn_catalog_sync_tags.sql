create or replace function dot.fn_catalog_sync_tags(p_entries jsonb) returns int
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_written int;
begin
  insert into dot.iu_metadata_tag_registry as r (tag_code, facet, title, summary, status)
  select e.key, e.value ->> 'facet', e.value ->> 'title', e.value ->> 'summary', coalesce(e.value ->> 'status', 'active')
    from jsonb_each(p_entries) e
  on conflict (tag_code) do update
    set facet = excluded.facet, title = excluded.title, summary = excluded.summary, status = excluded.status
  where (r.facet, r.title, r.summary, r.status) is distinct from (excluded.facet, excluded.title, excluded.summary, excluded.status);
  get diagnostics v_written = row_count;
  return v_written;
end
$$;
comment on function dot.fn_catalog_sync_tags(jsonb) is
  'Brings the tag registry up to catalog/tags: {tag: {facet, title, summary, status}}. A tag without a file stays, since units may have it. Returns how many rows were written.';
