create or replace function dot.fn_audit_finds_decision_edited()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select 'decision_edited', d.review_decision_id::text, d.run_id, 'no run that succeeded decided this'
    from dot.review_decision d
   where not exists (
     select 1 from dot.dot_command_run r
      where r.run_id = d.run_id and r.state = 'succeeded'
        -- A decision made straight from SQL has a run without an outcome.
        and (r.outcome is null and r.mode = 'sql' and r.actor = d.reviewer_id and r.args ->> 'proposal' = d.proposal_id::text
              and r.command_code = any ((select dot.fn_command_with('decide', 'revoke_decision'))::text[])
          or r.outcome ->> 'decision' = d.review_decision_id::text
            and case d.verdict when 'revoked' then r.actor = d.reviewer_id and r.outcome ->> 'revokes' = d.revokes::text
                  else r.outcome ->> 'reviewer' = d.reviewer_id and r.outcome ->> 'verdict' = d.verdict end))
$$;
comment on function dot.fn_audit_finds_decision_edited() is
  'For fn_audit_objects: decision_edited, decisions that no run which succeeded made.';
