create or replace function dot.fn_batch_seal(p_batch uuid) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('batch seal', jsonb_build_object('batch', p_batch));
  v_batch   dot.job_batch;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  perform dot.fn_batch_own(p_batch);
  -- Held first, so that what is judged is what is set off; judged as if it were asked for now.
  select * into v_batch from dot.job_batch where batch_id = p_batch for update;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no batch %s', p_batch), hint = 'dot batch list';
  end if;
  v_refused := case when v_batch.on_complete is not null then dot.fn_job_forward_admit(v_batch.on_complete ->> 'kind', v_batch.on_complete -> 'payload') end;
  if v_refused is not null then
    return dot.fn_command_answer('batch seal', v_refused);
  end if;
  update dot.job_batch set is_sealed = true where batch_id = p_batch and not is_sealed;
  return jsonb_build_object('batch', p_batch, 'total', v_batch.total);
end
$$;
comment on function dot.fn_batch_seal(uuid) is 'Seals a batch: nothing is added to it any more, and it is complete once none of its jobs lives. Waits for enqueues that are not committed yet. Returns {batch, total}. DT404 when there is none.';
