create or replace function dot.fn_job_retry(p_jobs text[]) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('job retry', jsonb_build_object('jobs', p_jobs));
  v_count   int;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  update dot.job_queue j set state = 'r', run_at = clock_timestamp(), ready_seq = nextval('dot.job_seq')
   where j.job_id = any (array(select d.job_id from dot.job_queue d where d.job_id = any (p_jobs::bigint[]) and d.state = 'd' order by d.job_id for update));
  get diagnostics v_count = row_count;
  return jsonb_build_object('ready', v_count, 'partial', v_count < cardinality(p_jobs));
end
$$;
comment on function dot.fn_job_retry(text[]) is
  'Puts deferred jobs in line now, whatever they were waiting for. Returns {ready: how many, partial: some were not deferred}. Dead ones are replayed instead: dot dlq.';
