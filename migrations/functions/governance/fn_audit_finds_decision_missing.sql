create or replace function dot.fn_audit_finds_decision_missing()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  with run as materialized (
    select r.run_id, r.outcome from dot.fn_command_runs_with('decide') r
  )
  select 'decision_missing', run.outcome ->> 'decision', run.run_id, 'the run decided this, and the decision is gone'
    from run
   where run.outcome ->> 'decision' is not null
     and not exists (select 1 from dot.review_decision d where d.review_decision_id::text = run.outcome ->> 'decision')
$$;
comment on function dot.fn_audit_finds_decision_missing() is
  'For fn_audit_objects: decision_missing, decisions that a run made and that are gone.';
