create or replace function dot.fn_job_run_kind(p_target jsonb, p_jobs bigint[], p_payloads jsonb[], p_traces text[]) returns jsonb[]
language plpgsql volatile security definer set search_path = dot, pg_temp
  -- What is called is planned as anywhere else.
  set plan_cache_mode = auto set enable_seqscan = on set enable_bitmapscan = on
as $$
declare
  v_function text := p_target ->> 'function';
  v_results  jsonb[] := array[]::jsonb[];
  v_result   jsonb;
begin
  if (p_target ->> 'set')::boolean then
    execute format('select dot.%I($1, $2)', v_function) using p_jobs, p_payloads;
    return null;
  end if;
  for n in 1 .. cardinality(p_jobs) loop
    perform set_config('dot.trace_id', coalesce(p_traces[n], ''), true);
    execute format('select to_jsonb(dot.%I($1))', v_function) into v_result using p_payloads[n];
    v_results := v_results || v_result;
  end loop;
  return v_results;
end
$$;
comment on function dot.fn_job_run_kind(jsonb, bigint[], jsonb[], text[]) is
  'Calls what carries out jobs of an sql kind: with set, dot.<function>(jobs bigint[], payloads jsonb[]) once for all; else dot.<function>(payload jsonb) for each, under the trace of the job. Returns the results of the latter, in order.';
