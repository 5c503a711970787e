create or replace function dot.fn_job_wish(p_jobs bigint[], p_kind text, p_payloads jsonb[]) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_run     uuid;
  v_refused jsonb;
begin
  -- What was asked for earlier (by a schedule, a subscription, for the end of a batch) is held to that.
  if dot.fn_context_get('job_for') is not distinct from 'kept' or not dot.fn_job_is_command(p_kind) then
    return;
  end if;
  v_run := dot.fn_run_current();
  if v_run is null then
    -- Straight from SQL: it is a run all the same.
    v_refused := dot.fn_command_guard(k.command_code, jsonb_build_object('kind', p_kind))
      from dot.dot_command_catalog k where k.pg_function = 'fn_job_enqueue_command' and k.status <> 'retired';
    if v_refused is not null then
      raise exception using errcode = v_refused ->> 'code', message = v_refused ->> 'message', hint = coalesce(v_refused ->> 'hint', '');
    end if;
    v_run := dot.fn_run_current();
    update dot.job_queue set run_id = v_run where job_id = any (p_jobs);
  end if;
  insert into dot.dot_row_history (relation, row_key, run_id, image)
  select 'job_wish', 'job ' || u.job, v_run, dot.fn_job_wish_image(p_kind, u.payload) from unnest(p_jobs, p_payloads) u(job, payload);
end
$$;
comment on function dot.fn_job_wish(bigint[], text, jsonb[]) is
  'Keeps with the run, sealed with it, what these new jobs are to run and for whom, where they run commands: fn_audit_finds_wish_edited holds them to it. One that is asked for straight from SQL gets a run of its own. Raises the refusal where the session may not enqueue.';
