create or replace function dot.fn_job_fail(p_jobs bigint[], p_tokens bigint[], p_classes text[], p_errors jsonb[] default null)
returns text[]
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_verdicts text[];
begin
  perform dot.fn_worker_able();
  v_verdicts := dot.fn_job_fail_held(p_jobs, p_tokens, p_classes, p_errors, to_regrole(quote_ident(session_user)), false);
  if 'stale' = any (v_verdicts) then
    perform dot.fn_job_stopped(p_jobs, p_tokens);
  end if;
  return v_verdicts;
end
$$;
comment on function dot.fn_job_fail(bigint[], bigint[], text[], jsonb[]) is
  'Says that jobs failed, each with the token of its lease, its failure class (null: that of the sqlstate of its error, or transient) and an error object. By class and retry policy each is put back in line for a later attempt, or is dead: gone to job_history and job_dead_letter. One verdict for each: retry, dead, or stale (the lease is not this one any more, or not this login''s; nothing was changed).';
