create or replace function dot.fn_principals_since(p_actor text, p_principal text, p_login text, p_verified boolean, p_from timestamptz) returns text[]
language sql stable security definer set search_path = dot, pg_temp
as $$
  with recursive people(who) as (
    select s.who
      from (
        select lower(p_actor)
        union all select lower(p_principal)
        union all select dot.fn_principal_of(p_actor, p_principal)
        -- Of a login that several share, only the name it claims says who it is; any other login is one person's.
        union all
        select l.who
          from (
            select 'login ' || lower(p_login)
            union all select lower(a.actor_id) from dot.dot_actor a where a.login_name = p_login
            union all select lower(w.actor_id) from dot.dot_actor_was w where w.login_name = p_login and w.until > p_from) l(who)
         where p_verified or p_actor = p_login) s(who)
     where s.who is not null
    union
    select n.who
      from people p cross join lateral (
        select lower(a.principal) from dot.dot_actor a where lower(a.actor_id) = p.who
        union all
        select lower(w.principal) from dot.dot_actor_was w where lower(w.actor_id) = p.who and w.until > p_from
        union all
        select g.delegator_principal from dot.delegation g
         where g.delegate_principal = p.who and g.valid_from <= dot.fn_clock_now() and least(g.revoked_at, g.valid_until) > p_from) n(who)
     where n.who is not null
  )
  select array_agg(p.who order by p.who) from people p
$$;
comment on function dot.fn_principals_since(text, text, text, boolean, timestamptz) is
  'Everyone that an actor was or counted as at any time since p_from: itself, the persons behind it as recorded, as declared now and as declared meanwhile, the actors that its login was or is (login <name> stands for the login), and whoever any of them was a delegate of, through any number of hops, ended ones too. Two who have one of these in common are not two pairs of eyes.';
