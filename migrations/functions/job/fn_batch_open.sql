create or replace function dot.fn_batch_open(p_title text, p_kind text default null, p_payload jsonb default '{}') returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('batch open', jsonb_build_object('title', p_title, 'kind', p_kind, 'payload', p_payload));
  v_id      uuid := dot.fn_uuid_v7();
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if p_kind is not null then
    -- Later it is the worker that enqueues; now is the time to judge who asks.
    v_refused := dot.fn_job_command_admit(p_kind, coalesce(p_payload, '{}'));
    if v_refused is not null then
      return dot.fn_command_answer('batch open', v_refused);
    end if;
  end if;
  if p_kind is not null and not exists (select 1 from dot.job_kind_registry k where k.job_kind = p_kind and k.status <> 'retired') then
    raise exception using errcode = 'DT404', message = format('there is no kind of job %s', p_kind), hint = 'dot job kinds';
  end if;
  perform dot.fn_registry_used('job-kinds', p_kind);
  insert into dot.job_batch (batch_id, title, on_complete, created_at, run_id)
  values (v_id, p_title, case when p_kind is not null then jsonb_build_object('kind', p_kind, 'payload',
    case when dot.fn_job_is_command(p_kind) then dot.fn_job_for(p_payload) else p_payload end) end, clock_timestamp(),
    dot.fn_run_current());
  insert into dot.dot_row_history (relation, row_key, run_id, image)
  select 'job_wish', 'batch ' || v_id, b.run_id, dot.fn_job_wish_image(b.on_complete ->> 'kind', b.on_complete -> 'payload') from dot.job_batch b where b.batch_id = v_id;
  return jsonb_build_object('batch', v_id, 'title', p_title);
end
$$;
comment on function dot.fn_batch_open(text, text, jsonb) is
  'Opens a batch, to which jobs are enqueued (p_batch) until it is sealed. p_kind, p_payload: the job that is enqueued, with the batch in its payload, once the batch is sealed and none of its jobs lives any more. Returns {batch, title}. DT404 for an unknown kind.';
