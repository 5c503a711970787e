-- No edge without a decision, and nobody but the owner writes one.
select 'every edge comes from a proposal that was carried out' as name,
       not exists (
         select 1 from dot.kg_edge e join dot.proposal p on p.proposal_id in (e.proposal_id, e.removed_by)
          where p.proposal_state <> 'merged') as ok
union all
select 'nobody but dot_owner may touch the knowledge graph',
       not exists (
         select 1 from pg_class c cross join lateral aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
          where c.relnamespace = 'dot'::regnamespace and a.grantee <> c.relowner and c.relname ~ '^kg_');
