create or replace function dot.fn_iu_newest(p_unit uuid) returns uuid
language sql stable security definer set search_path = dot, pg_temp
as $$
  select v.version_id from dot.iu_version v where v.unit_id = p_unit order by v.version_no desc limit 1
$$;
comment on function dot.fn_iu_newest(uuid) is 'The newest version of a unit; null where there is no such unit.';
