-- Nothing is replayed without a request, and nobody but the owner writes one.
select 'a replay that needs approval has its proposal' as name,
       not exists (select 1 from dot.dlq_replay_request where needs_approval and proposal_id is null) as ok
union all
select 'nobody but dot_owner may touch replay requests',
       not exists (
         select 1 from pg_class c cross join lateral aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
          where c.relnamespace = 'dot'::regnamespace and a.grantee <> c.relowner and c.relname ~ '^dlq_');
