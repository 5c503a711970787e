create or replace function dot.fn_review_roles(
  p_roles text[], p_login text, p_actor text, p_principal text, p_verified boolean, p_at timestamptz)
returns text[]
language sql stable security definer set search_path = dot, pg_temp
as $$
  select array(
    select r.role from unnest(p_roles) r(role)
     where (not p_verified or exists (select 1 from dot.dot_actor a where a.actor_id = p_actor and a.login_name = p_login and a.status = 'active'))
       -- A role that was granted past the platform is not one that anyone was given here.
       and (dot.fn_role_held(p_login, r.role) and (not p_verified or exists (select 1 from dot.dot_actor a where a.actor_id = p_actor and r.role = any (a.roles)))
         or exists (
           select 1 from dot.delegation g
            -- Who else answers to the delegate, or came to do so since, was not named.
            where g.delegate_principal = p_principal and lower(g.delegate_id) = lower(p_actor) and g.revoked_at is null
              and g.valid_from <= p_at and g.valid_until > greatest(p_at, dot.fn_clock_now())
              and dot.fn_role_held(g.delegator_login, r.role)
              and (not g.delegator_verified or exists (select 1 from dot.dot_actor a where a.login_name = g.delegator_login and a.status = 'active' and r.role = any (a.roles)))))
     order by 1)
$$;
comment on function dot.fn_review_roles(text[], text, text, text, boolean, timestamptz) is
  'Which of the roles someone who decides at p_at holds now: by their own login, which still belongs to the same active actor to whom it was given, or by a delegation to this very actor that was in force then and still is, from a login that holds the role.';
