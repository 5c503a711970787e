-- No kind can land in the table of the other, and nobody but the owner touches either.
select 'a workflow kind cannot land in proposal' as name,
       exists (select 1 from pg_constraint where conrelid = 'dot.proposal'::regclass and contype = 'f' and confrelid = 'dot.proposal_kind'::regclass
                 and pg_get_constraintdef(oid) like '%lands_in%') as ok
union all
select 'no other kind can land in workflow_change_requests',
       exists (select 1 from pg_constraint where conrelid = 'dot.workflow_change_requests'::regclass and contype = 'f'
                 and confrelid = 'dot.proposal_kind'::regclass and pg_get_constraintdef(oid) like '%lands_in%')
union all
select 'nobody but dot_owner may touch the tables of governance',
       not exists (
         select 1 from pg_class c cross join lateral aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
          where c.relnamespace = 'dot'::regnamespace and a.grantee <> c.relowner
            and c.relname in ('proposal', 'proposal_revision', 'proposal_kind', 'approval_policy', 'review_decision', 'delegation', 'workflow_change_requests'));
