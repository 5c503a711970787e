create or replace function dot.fn_delegation_between(p_principals text[], p_from timestamptz, p_until timestamptz) returns uuid
language sql volatile security definer set search_path = dot, pg_temp
as $$
  select g.delegation_id from dot.delegation g
   where g.revoked_at is null and g.valid_from < p_until and g.valid_until > p_from
     and array[g.delegator_principal, g.delegate_principal] && p_principals
   order by g.valid_from limit 1
$$;
comment on function dot.fn_delegation_between(text[], timestamptz, timestamptz) is
  'The first delegation in which one of these people stands at some time from p_from to p_until; null where there is none. Volatile, so that it sees what was committed while its caller waited.';
