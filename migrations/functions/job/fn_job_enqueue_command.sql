create or replace function dot.fn_job_enqueue_command(
  p_kind text, p_payload jsonb default '{}', p_run_at timestamptz default null, p_priority int default null, p_queue text default null,
  p_concurrency_key text default null, p_unique_key text default null, p_key text default null, p_batch uuid default null)
returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('job enqueue', jsonb_build_object('kind', p_kind, 'payload', p_payload, 'run-at', p_run_at, 'priority', p_priority,
    'queue', p_queue, 'concurrency-key', p_concurrency_key, 'unique-key', p_unique_key, 'key', p_key, 'batch', p_batch));
begin
  if v_refused is not null then
    return v_refused;
  end if;
  return dot.fn_command_answer('job enqueue', dot.fn_job_enqueue(p_kind, p_payload, p_run_at, p_priority, p_queue, p_concurrency_key, p_unique_key, null, p_key, p_batch));
end
$$;
comment on function dot.fn_job_enqueue_command(text, jsonb, timestamptz, int, text, text, text, text, uuid) is
  'fn_job_enqueue as a command with an audit row of its own. Programs that enqueue in transactions of theirs call fn_job_enqueue, which leaves the job itself as its record.';
