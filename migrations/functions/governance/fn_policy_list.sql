create or replace function dot.fn_policy_list(p_history boolean default false)
returns table (policy text, version int, kind text, risk text, level text, factors text, deny_quorum int, allow_self boolean, allow_agent boolean, signed boolean, approval_ttl text, status text, summary text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select a.policy_code, a.version, a.proposal_kind, a.risk, a.level,
         (select string_agg((f ->> 'n') || ' ' || (f ->> 'role'), ' and ' order by f ->> 'role') from jsonb_array_elements(a.factors) f),
         a.deny_quorum, a.allow_self, a.allow_agent, a.signed, a.approval_ttl::text, a.status, a.summary
    from dot.approval_policy a
   where p_history or (a.status = 'active' and not exists (select 1 from dot.approval_policy n where n.policy_code = a.policy_code and n.version > a.version))
   order by a.policy_code, a.version desc
$$;
comment on function dot.fn_policy_list(boolean) is 'The approval policies in force, or every version there ever was. No kind or risk is any.';
