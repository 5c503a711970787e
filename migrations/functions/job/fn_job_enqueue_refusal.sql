create or replace function dot.fn_job_enqueue_refusal(p_kind text, p_queue text, p_unique_key text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refusal jsonb := dot.fn_job_gate('queue.job_substrate.enabled');
  v_kind    dot.job_kind_registry;
  v_queue   dot.queue_registry;
  v_first   bigint;
  v_other   text;
  v_for     jsonb;
begin
  if v_refusal is not null then
    return v_refusal;
  end if;
  select * into v_kind from dot.job_kind_registry where job_kind = p_kind;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no kind of job %s', p_kind), hint = 'dot job kinds';
  end if;
  select * into v_queue from dot.queue_registry where queue_code = coalesce(p_queue, v_kind.queue_code);
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no queue %s', p_queue), hint = 'dot queue list';
  end if;
  if v_kind.status = 'retired' then
    return dot.fn_command_refusal('DT409', 'kind_retired', format('jobs of kind %s are not taken any more', p_kind), 'dot job kinds');
  end if;
  if v_queue.status = 'retired' then
    return dot.fn_command_refusal('DT409', 'queue_retired', format('queue %s takes no jobs any more', v_queue.queue_code), 'dot queue list');
  end if;
  select j.job_id, k.job_kind, j.payload -> '$for' into v_first, v_other, v_for from dot.job_queue j join dot.job_kind_registry k using (kind_id) where j.unique_key = p_unique_key;
  if v_first is null then
    -- What stood against it a moment ago is gone. To say that a job is there which is not would be to lose one.
    raise exception using errcode = '40001', message = 'a gate, a queue or the job with this unique key has changed meanwhile', hint = 'Try again. Should it stay so, dot catalog sync makes job_lane anew.';
  end if;
  if v_other is distinct from p_kind then
    return dot.fn_command_refusal('DT409', 'unique_key_taken', format('a live job of kind %s has this unique key: %s', v_other, v_first),
      'A unique key is one for all kinds: put the name of the kind before it.', jsonb_build_object('job', v_first));
  end if;
  if dot.fn_job_is_command(p_kind) and v_for is distinct from dot.fn_job_for('{}') -> '$for' then
    return dot.fn_command_refusal('DT409', 'unique_key_taken', format('a live job that somebody else wants has this unique key: %s', v_first),
      format('It runs with their rights: dot job show %s', v_first), jsonb_build_object('job', v_first));
  end if;
  return jsonb_build_object('job', v_first, 'duplicate', true);
end
$$;
comment on function dot.fn_job_enqueue_refusal(text, text, text) is
  'Why fn_job_enqueue made no job: a refusal, DT404, or {job, duplicate: true} for the live one of this kind that has the unique key already (unique_key_taken where it is of another, or a command that somebody else wants). Serialization failure (40001, try again) when none of it holds any more.';
