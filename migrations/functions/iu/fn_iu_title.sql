create or replace function dot.fn_iu_title(p_unit uuid) returns text
language sql stable security definer set search_path = dot, pg_temp
as $$
  select v.title from dot.iu_version v where v.unit_id = p_unit order by v.version_no desc limit 1
$$;
comment on function dot.fn_iu_title(uuid) is 'The title of a unit''s newest version; null where it has none.';
