create or replace function dot.fn_catalog_fingerprint_policies() returns text
language sql stable security definer set search_path = dot, pg_temp
as $$
  select coalesce(string_agg(p.content, E'\n' order by p.kind, p.name collate "C"), '') from (
    -- Later versions come from proposals, and only ever beside these.
    select 'policy' as kind, a.policy_code as name, (to_jsonb(a) - 'made_at')::text as content from dot.approval_policy a where a.version = 1 and a.proposal_id is null
    union all
    select 'kind', k.kind_code, (to_jsonb(k) - 'registered_at')::text from dot.proposal_kind k) p
$$;
comment on function dot.fn_catalog_fingerprint_policies() is 'The first approval policies and the kinds of proposals, as text, for fn_catalog_fingerprint.';
