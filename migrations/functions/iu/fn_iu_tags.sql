create or replace function dot.fn_iu_tags()
returns table (tag text, facet text, title text, status text, units bigint, summary text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select r.tag_code, r.facet, r.title, r.status, (select count(*) from dot.iu_metadata_tag m where m.tag_code = r.tag_code), r.summary
    from dot.iu_metadata_tag_registry r order by r.facet, r.tag_code
$$;
comment on function dot.fn_iu_tags() is 'The registered tags, and how many units have each.';
