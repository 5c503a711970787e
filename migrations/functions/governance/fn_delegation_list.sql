create or replace function dot.fn_delegation_list(p_delegation uuid default null, p_history boolean default false)
returns table (delegation uuid, delegator text, delegate text, state text, valid_from timestamptz, valid_until timestamptz, reason text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select g.delegation_id, g.delegator_id, g.delegate_id, s.state, g.valid_from, g.valid_until, g.reason
    from dot.delegation g
    cross join lateral (
      select case when g.revoked_at is not null then 'revoked' when g.valid_until <= dot.fn_clock_now() then 'expired'
                  when g.valid_from > dot.fn_clock_now() then 'pending' else 'active' end as state) s
   where (p_delegation is null or g.delegation_id = p_delegation) and (p_history or p_delegation is not null or s.state in ('active', 'pending'))
   order by g.valid_from desc, g.delegation_id
$$;
comment on function dot.fn_delegation_list(uuid, boolean) is 'Who decides in whose place: the delegations in force or to come, one of them, or all there ever were.';
