create or replace function dot.fn_phase0_forbidden()
returns table (item text, query text, result bigint, ok boolean)
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
begin
  for item, query in
    values
      ('a run of iu, phase0 or proposal touched a table outside schema dot',
       $q$select count(*) from dot.dot_command_run r, jsonb_object_keys(coalesce(r.effects -> 'tables', '{}')) t where split_part(r.command_code, ' ', 1) in ('iu', 'phase0', 'proposal', 'consumer') and t like '%.%' and t not like 'dot.%'$q$),
      ('dot_owner owns a table outside schema dot',
       $q$select count(*) from pg_class where relowner = 'dot_owner'::regrole and relkind in ('r', 'p', 'm') and relnamespace <> 'dot'::regnamespace and relpersistence <> 't'$q$),
      ('a gate of the units was changed by a run that was not asked to',
       $q$select count(*) from dot.dot_config_history h join dot.dot_command_run r using (run_id) where r.command_code not in ('gate set', 'phase0 autowire', 'catalog sync')$q$),
      ('a version of a unit is not what its digest says',
       $q$select count(*) from dot.iu_version where encode(sha256(convert_to(body, 'UTF8')), 'hex') <> digest$q$),
      ('the pieces of a current document are not its bytes',
       $q$select count(*) from dot.fn_cut_proof(array(select c.cut_request_id from dot.cut_request c join dot.iu_document d on d.current_version_id = c.document_version_id)) p where p.problem is not null$q$),
      ('a split, merge or revert has no merged proposal',
       $q$select count(*) from dot.iu_relation r left join dot.proposal p on p.proposal_id = r.proposal_id and p.proposal_state = 'merged' left join dot.review_decision_use u on u.review_decision_id = r.review_decision_id where r.relation_kind <> 'replaced_by' and p.proposal_id is null and u.review_decision_id is null$q$),
      ('a proposal was applied on a decision of its proposer, which its policy does not allow',
       $q$select count(*) from dot.review_decision_use u join dot.review_decision d using (review_decision_id) join dot.proposal p using (proposal_id) join dot.approval_policy a on a.policy_code = p.policy_code and a.version = p.policy_version where not a.allow_self and array[lower(d.reviewer_id), lower(d.reviewer_principal)] && array_remove(array[lower(p.proposer_id), lower(p.proposer_principal)], null)$q$),
      ('a unit was deleted while a lineage, tag, link or collection names it',
       $q$select count(*) from (select from_unit_id as u from dot.iu_relation union select to_unit_id from dot.iu_relation union select unit_id from dot.iu_lifecycle_log union select unit_id from dot.iu_piece_membership) x where not exists (select 1 from dot.information_unit i where i.unit_id = x.u)$q$),
      ('scratch of phase0 verify was left behind',
       $q$select count(*) from dot.iu_document where name like 'phase0/scratch-%'$q$),
      ('a function of schema dot can be called by everyone',
       $q$select count(*) from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where p.pronamespace = 'dot'::regnamespace and a.grantee = 0$q$),
      ('a table of schema dot can be written by a role that people log in as',
       $q$select count(*) from pg_class c, aclexplode(c.relacl) a where c.relnamespace = 'dot'::regnamespace and a.privilege_type in ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE') and a.grantee <> c.relowner$q$),
      ('a role of the platform may log in or is a superuser',
       $q$select count(*) from pg_roles where rolname in ('dot_owner', 'dot_reader', 'dot_operator', 'dot_reviewer', 'dot_worker', 'dot_agent', 'dot_admin', 'dot_breakglass') and (rolcanlogin or rolsuper)$q$),
      ('a unit was handed to a vector store',
       $q$select count(*) from dot.iu_vector_sync_point$q$)
  loop
    execute query into result;
    ok := result = 0;
    return next;
  end loop;
end
$$;
comment on function dot.fn_phase0_forbidden() is
  'The side effects that Phase 0 must not have, each looked for by its query, which counts the cases; ok when there are none.';
