create or replace function dot.fn_principal_counted(p_principal text, p_at timestamptz) returns text
language sql stable security definer set search_path = dot, pg_temp
as $$
  select coalesce((
    select g.delegator_principal from dot.delegation g
     where g.delegate_principal = p_principal
       and ((g.valid_from <= p_at and coalesce(g.revoked_at, g.valid_until) > p_at and g.valid_until > p_at)
         or (g.valid_from <= dot.fn_clock_now() and g.valid_until > dot.fn_clock_now() and g.revoked_at is null))
     order by g.valid_from desc limit 1), p_principal)
$$;
comment on function dot.fn_principal_counted(text, timestamptz) is
  'Whom a principal counts as: the delegator, where a delegation was in force at p_at or is now; else itself. So delegator and delegate are one.';
