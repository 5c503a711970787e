create or replace function dot.fn_proposal_quorum(p_proposal uuid, p_policy text, p_version int, p_base_now text) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  with policy as (
    select * from dot.approval_policy where policy_code = p_policy and version = p_version
  ),
  votes as materialized (
    select * from dot.fn_proposal_votes(p_proposal, p_policy, p_version, p_base_now)
  ),
  factor as materialized (
    select f.no, f.item ->> 'role' as role, (f.item ->> 'n')::int as n,
           array(select distinct v.principal from votes v where v.stands and v.verdict = 'approved' and f.item ->> 'role' = any (v.roles) order by 1) as people
      from policy, jsonb_array_elements(policy.factors) with ordinality as f(item, no)
  ),
  -- Nobody fills two seats: any set of factors needs as many different people as its seats (Hall's condition).
  short as (
    select exists (
      select 1 from generate_series(1, (1 << (select count(*)::int from factor)) - 1) s(bits)
       where (select sum(f.n) from factor f where s.bits & (1 << (f.no::int - 1)) <> 0)
           > (select count(distinct h.person) from factor f, unnest(f.people) h(person) where s.bits & (1 << (f.no::int - 1)) <> 0)) as short
  ),
  denial as (
    select coalesce(jsonb_agg(distinct v.principal), '[]') as people from votes v where v.stands and v.verdict in ('rejected', 'needs_revision')
  )
  select jsonb_build_object('policy', policy.policy_code, 'version', policy.version, 'level', policy.level, 'signed', policy.signed,
    'factors', (select coalesce(jsonb_agg(jsonb_build_object('role', f.role, 'n', f.n, 'approved_by', f.people) order by f.no), '[]') from factor f),
    'allow_self', policy.allow_self, 'allow_agent', policy.allow_agent, 'approval_ttl', policy.approval_ttl,
    'deny_quorum', policy.deny_quorum, 'denied_by', denial.people,
    'denied', jsonb_array_length(denial.people) >= policy.deny_quorum, 'met', not short.short,
    'decisions', (select coalesce(jsonb_agg(v.decision order by v.decision_no) filter (where v.stands and v.verdict = 'approved'), '[]') from votes v))
    from policy, short, denial
$$;
comment on function dot.fn_proposal_quorum(uuid, text, int, text) is
  'Whether the decisions on a proposal satisfy one policy version, on a base of this digest: {policy, version, level, signed, factors: [{role, n, approved_by}], denied_by, denied, met, decisions that count, …}. One principal fills one seat, however many roles, logins, agents and delegates they have.';
