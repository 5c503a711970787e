create or replace function dot.fn_phase_check(p_checks jsonb, p_promise text, p_kept boolean, p_evidence jsonb default null) returns jsonb
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select p_checks || jsonb_build_object('promise', p_promise, 'kept', coalesce(p_kept, false), 'evidence', p_evidence)
$$;
comment on function dot.fn_phase_check(jsonb, text, boolean, jsonb) is 'Adds one promise, whether it was kept and by what evidence, to a list of checks. Not known is not kept.';
