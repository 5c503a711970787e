create or replace function dot.fn_command_code_digest(p_functions text[]) returns text
language sql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  with recursive called as (
    select p.oid, p.proname, p.prosrc from pg_proc p where p.pronamespace = 'dot'::regnamespace and p.proname = any (p_functions)
    union
    select p.oid, p.proname, p.prosrc
      from called c
     cross join lateral (select distinct m[1] as name from regexp_matches(c.prosrc, '\m(fn_[a-z0-9_]+)', 'g') m) n
      join pg_proc p on p.proname = n.name and p.pronamespace = 'dot'::regnamespace
  )
  select encode(sha256(convert_to(coalesce(string_agg(md5(pg_get_functiondef(c.oid)) || p.proowner::regrole::text, ',' order by c.oid::regprocedure::text collate "C"), ''), 'UTF8')), 'hex')
    from called c join pg_proc p on p.oid = c.oid
$$;
comment on function dot.fn_command_code_digest(text[]) is
  'The sha-256 over the definitions and owners of these functions of schema dot and of all that their bodies name, near and far: what an approval is bound to beside payload and base.';
