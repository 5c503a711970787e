create or replace function dot.fn_iu_check_link(p_link uuid, p_present boolean default true) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('ok', has = p_present, 'link', p_link, 'present', has)
    from (select exists (select 1 from dot.iu_sql_link where link_id = p_link) as has) x
$$;
comment on function dot.fn_iu_check_link(uuid, boolean) is 'Whether a link exists (or, with p_present false, does not): {ok, link, present}.';
