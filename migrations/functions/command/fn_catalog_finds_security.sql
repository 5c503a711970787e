create or replace function dot.fn_catalog_finds_security(p_given jsonb)
returns table (command text, finding text, detail text)
language sql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  select b.code, 'security', 'the function must be security definer, owned by dot_owner, with a pinned search_path'
    from dot.fn_catalog_bound(p_given) b join pg_proc p on p.oid = b.function_oid
   where b.space = 'dot'
     and (not p.prosecdef or p.proowner <> 'dot_owner'::regrole or not exists (select 1 from unnest(p.proconfig) s where s like 'search\_path=%'))
$$;
comment on function dot.fn_catalog_finds_security(jsonb) is
  'For fn_catalog_check: security, a function of a command that does not run as its owner with a pinned search_path.';
