create or replace function dot.fn_audit_objects()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  with run as materialized (
    select r.run_id, r.command_code, r.args, r.outcome, r.finished_at from dot.dot_command_run r
     where r.state = 'succeeded' and r.mode <> 'read' and r.command_code in ('gate set', 'catalog sync', 'proposal approve', 'proposal reject', 'proposal request-changes', 'proposal review')
  ),
  history as materialized (
    select h.*, lag(h.new_value) over w as before, lead(h.history_id) over w is null as is_last
      from dot.dot_config_history h window w as (partition by h.config_key order by h.history_id)
  ),
  sync as (
    select run.run_id, run.outcome ->> 'fingerprint' as fingerprint from run
     where run.command_code = 'catalog sync' order by run.finished_at desc limit 1
  )
  select 'setting_edited', c.config_key, h.run_id, format('it is %s; its last recorded change made it %s', c.value, h.new_value)
    from dot.dot_config c join history h on h.config_key = c.config_key and h.is_last
   where c.value <> h.new_value and jsonb_typeof(c.value) = jsonb_typeof(h.new_value)
  union all
  select 'setting_history_edited', h.config_key, h.run_id, format('change %s starts from %s, but the one before it ended with %s', h.history_id, h.old_value, h.before)
    from history h where h.before is not null and h.before is distinct from h.old_value
  union all
  select 'setting_history_edited', h.config_key, h.run_id, format('change %s to %s names no run that succeeded', h.history_id, h.new_value)
    from history h
   where not exists (select 1 from dot.dot_command_run r where r.run_id = h.run_id and r.state = 'succeeded')
  union all
  select 'setting_history_edited', run.outcome ->> 'gate', run.run_id, format('the run made it %s, which its history does not tell', run.outcome ->> 'value')
    from run
   where run.command_code = 'gate set' and run.outcome -> 'changed' = 'true'
     and not exists (
       select 1 from history h
        where h.run_id = run.run_id and h.config_key = run.outcome ->> 'gate'
          and run.outcome ->> 'value' = case h.new_value when 'true' then 'open' when 'false' then 'closed' else h.new_value #>> '{}' end)
  union all
  select 'catalogue_edited', 'catalogue', sync.run_id, 'commands, settings, error codes, kinds of proposals or first policies are not as the last catalog sync left them'
    from sync where sync.fingerprint <> dot.fn_catalog_fingerprint()
  union all
  select 'catalogue_edited', k.command_code, null, 'its row does not say what its declaration says'
    from dot.dot_command_catalog k
   where (k.mutating, k.risk, k.gate, k.pair_command, k.inverse_command, k.pg_function, k.builtin)
           is distinct from ((k.spec ->> 'mutating')::boolean, k.spec ->> 'risk', k.spec ->> 'gate', k.spec ->> 'pair', k.spec ->> 'inverse',
             k.spec ->> 'function', k.spec ->> 'builtin')
      or k.roles is distinct from case
           when jsonb_array_length(coalesce(k.spec -> 'roles', '[]')) > 0 then array(select jsonb_array_elements_text(k.spec -> 'roles'))
           else array[case when k.mutating then 'dot_operator' else 'dot_reader' end] end
  union all
  select 'decision_edited', d.review_decision_id::text, d.run_id, 'no run that succeeded decided this'
    from dot.review_decision d
   where not exists (
     select 1 from dot.dot_command_run r
      where r.run_id = d.run_id and r.state = 'succeeded'
        -- A decision made straight from SQL has a run without an outcome.
        and (r.outcome is null and r.mode = 'sql' and r.actor = d.reviewer_id and r.args ->> 'proposal' = d.proposal_id::text
              and r.command_code in ('proposal approve', 'proposal reject', 'proposal request-changes', 'proposal review', 'proposal revoke')
          or r.outcome ->> 'decision' = d.review_decision_id::text
            and case d.verdict when 'revoked' then r.actor = d.reviewer_id and r.outcome ->> 'revokes' = d.revokes::text
                  else r.outcome ->> 'reviewer' = d.reviewer_id and r.outcome ->> 'verdict' = d.verdict end))
  union all
  select 'decision_missing', run.outcome ->> 'decision', run.run_id, 'the run decided this, and the decision is gone'
    from run
   where run.outcome ->> 'decision' is not null
     and not exists (select 1 from dot.review_decision d where d.review_decision_id::text = run.outcome ->> 'decision')
  union all
  select 'proposal_edited', p.proposal_id::text, p.run_id, 'its payload or base is not what its digests say'
    from dot.proposal p
   where p.payload_digest <> dot.fn_proposal_digest(p.proposed_action_jsonb) or p.base_digest <> dot.fn_proposal_digest(p.base_jsonb)
  union all
  select 'proposal_edited', p.proposal_id::text, p.run_id, format('it is not its revision %s', p.revision)
    from dot.proposal p
   where not exists (
     select 1 from dot.proposal_revision v
      where (v.proposal_id, v.revision, v.payload_digest, v.base_digest) = (p.proposal_id, p.revision, p.payload_digest, p.base_digest)
        and v.payload_digest = dot.fn_proposal_digest(v.payload) and v.base_digest = dot.fn_proposal_digest(v.base))
  union all
  select 'proposal_edited', p.proposal_id::text, p.applied_run_id, 'no run that succeeded applied it'
    from dot.proposal p
   where p.proposal_state = 'merged' and not exists (select 1 from dot.dot_command_run r where r.run_id = p.applied_run_id and r.state = 'succeeded')
  union all
  select 'policy_edited', a.policy_code || ' version ' || a.version, a.run_id, 'it is not what its proposal said'
    from dot.approval_policy a
   where (a.version > 1 or a.proposal_id is not null)
     and not exists (
       select 1 from dot.proposal p
        where p.proposal_id = a.proposal_id and p.proposal_kind = 'policy_change' and p.proposal_state = 'merged'
          and (p.proposed_action_jsonb ->> 'policy', p.proposed_action_jsonb -> 'factors', p.proposed_action_jsonb ->> 'level',
               coalesce((p.proposed_action_jsonb ->> 'deny_quorum')::int, 1), coalesce((p.proposed_action_jsonb ->> 'allow_self')::boolean, false),
               coalesce((p.proposed_action_jsonb ->> 'allow_agent')::boolean, false), (p.proposed_action_jsonb ->> 'approval_ttl')::interval,
               coalesce(p.proposed_action_jsonb ->> 'status', 'active'))
            = (a.policy_code, a.factors, a.level, a.deny_quorum, a.allow_self, a.allow_agent, a.approval_ttl, a.status))
  union all
  select 'policy_edited', (p.outcome_jsonb ->> 'policy') || ' version ' || (p.outcome_jsonb ->> 'version'), p.applied_run_id, 'its proposal made it, and it is gone'
    from dot.proposal p
   where p.proposal_kind = 'policy_change' and p.proposal_state = 'merged'
     and not exists (
       select 1 from dot.approval_policy a
        where a.policy_code = p.outcome_jsonb ->> 'policy' and a.version = (p.outcome_jsonb ->> 'version')::int and a.proposal_id = p.proposal_id)
  union all
  select 'entry_edited', b.registry_code || ' ' || b.entry_key, r.run_id, format('it is %s, which no run made it', b.lifecycle)
    from dot.registry_birth b left join dot.dot_command_run r on r.run_id = b.run_id and r.state = 'succeeded'
   where case when r.command_code in ('registry deprecate', 'registry archive', 'registry reinstate', 'event type deprecate', 'event type archive')
           -- A move made straight from SQL has a run without an outcome.
           then coalesce(r.outcome ->> 'lifecycle', b.lifecycle) <> b.lifecycle else b.lifecycle <> 'active' end
  union all
  select 'entry_edited', b.registry_code || ' ' || b.entry_key, p.applied_run_id, 'it is not what its proposal said'
    from dot.registry_birth b
   cross join lateral (
      select p.* from dot.proposal p
       where p.proposal_kind = 'registry_entry' and p.proposal_state = 'merged'
         and p.affected_artifact_refs @> jsonb_build_array(jsonb_build_object('registry', b.registry_code, 'key', b.entry_key))
       order by p.merged_at desc limit 1) p
   where b.source = 'proposal'
     and (not coalesce(dot.fn_registry_entry_now(b.registry_code, b.entry_key) - 'status' = (p.outcome_jsonb -> 'entry') - 'status', false)
       or b.proposal_id = p.proposal_id and (b.owner, b.purpose) is distinct from (p.proposed_action_jsonb ->> 'owner', p.proposed_action_jsonb ->> 'purpose'))
$$;
comment on function dot.fn_audit_objects() is
  'Governed objects that are not as their last audited change left them: setting_edited, setting_history_edited, catalogue_edited, decision_edited, decision_missing, proposal_edited, policy_edited, entry_edited; each with the run that is the last to have spoken of it. Trusts the runs, which dot audit verify checks against the sealed log.';
