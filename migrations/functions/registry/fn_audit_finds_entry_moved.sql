create or replace function dot.fn_audit_finds_entry_moved()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select 'entry_edited', b.registry_code || ' ' || b.entry_key, r.run_id, format('it is %s, which no run made it', b.lifecycle)
    from dot.registry_birth b left join dot.dot_command_run r on r.run_id = b.run_id and r.state = 'succeeded'
   where case when r.command_code = any ((select dot.fn_command_with('move_entry'))::text[])
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
comment on function dot.fn_audit_finds_entry_moved() is
  'For fn_audit_objects: entry_edited, entries of registries in a lifecycle that no run made, or that are not what their proposal said.';
