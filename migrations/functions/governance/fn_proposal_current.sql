create or replace function dot.fn_proposal_current() returns uuid
language sql stable security definer set search_path = dot, pg_temp
as $$
  select coalesce(dot.fn_context_get('applies')::uuid,
    dot.fn_command_run_proposal(dot.fn_run_current()))
$$;
comment on function dot.fn_proposal_current() is
  'The proposal that this transaction carries out, by fn_proposal_apply or by a run that carries it; null where there is none, whatever the session says.';
