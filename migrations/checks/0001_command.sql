-- The roles exist with the memberships that the catalogue's grants build on, and nobody but dot_owner owns the schema.
select 'the roles exist' as name,
       (select count(*) = 8 from pg_roles
         where rolname in ('dot_owner', 'dot_reader', 'dot_operator', 'dot_reviewer', 'dot_worker', 'dot_agent', 'dot_admin', 'dot_breakglass')) as ok
union all
select 'every role of a caller includes dot_reader',
       (select bool_and(pg_has_role(rolname, 'dot_reader', 'usage')) from pg_roles
         where rolname in ('dot_operator', 'dot_reviewer', 'dot_worker', 'dot_agent', 'dot_admin', 'dot_breakglass'))
union all
select 'dot_owner owns the schema and all of its tables',
       (select nspowner = 'dot_owner'::regrole from pg_namespace where nspname = 'dot')
       and not exists (select 1 from pg_class where relnamespace = 'dot'::regnamespace and relowner <> 'dot_owner'::regrole)
union all
select 'nobody else may read or write a table',
       not exists (
         select 1 from pg_class c cross join lateral aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
          where c.relnamespace = 'dot'::regnamespace and c.relkind = 'r' and a.grantee <> c.relowner);
