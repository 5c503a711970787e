create or replace function dot.fn_dlq_replay(p_request uuid, p_rate int default null) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('dlq replay', jsonb_build_object('request', p_request, 'rate', p_rate));
  v_request dot.dlq_replay;
  v_applied jsonb;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  v_refused := dot.fn_dlq_gates();
  if v_refused is not null then
    return dot.fn_command_answer('dlq replay', v_refused);
  end if;
  if p_rate not between 1 and 100000 then
    raise exception using errcode = 'DT400', message = format('rate must be between 1 and 100,000 jobs a second, got %s', p_rate), hint = 'From 1 to 100,000; leave --rate out for all at once.';
  end if;
  select * into v_request from dot.dlq_replay where request_id = p_request for update;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no replay request %s', p_request), hint = 'dot dlq requests';
  end if;
  if v_request.state = 'done' then
    return dot.fn_command_answer('dlq replay', dot.fn_command_refusal('DT409', 'replay_done', format('replay request %s was carried out: %s replayed, %s kept', p_request, v_request.replayed, v_request.kept),
      'What is dead again can be requested again.', jsonb_build_object('request', p_request, 'run', v_request.replay_run_id)));
  end if;
  update dot.dlq_replay set rate = coalesce(p_rate, case when state = 'running' then rate end) where request_id = p_request;
  if v_request.state = 'running' then
    -- It was interrupted: what is left goes on.
    return dot.fn_command_answer('dlq replay', dot.fn_dlq_replay_all(p_request));
  end if;
  if v_request.needs_approval then
    v_applied := dot.fn_proposal_apply(v_request.proposal_id);
    return dot.fn_command_answer('dlq replay', case when v_applied ->> 'refused' = 'true' then v_applied else dot.fn_dlq_request_show(p_request) end);
  end if;
  -- Without an approval, what it sets off is judged as if it were asked for now; of many alike, one.
  select a.refusal into v_refused
    from (select distinct k.job_kind, d.payload from dot.dlq_replay_item i join dot.job_dead_letter d using (dead_letter_id) join dot.job_kind_registry k using (kind_id)
           where i.request_id = p_request and i.state = 'waiting' and dot.fn_job_is_command(k.job_kind)) w
   cross join lateral dot.fn_job_forward_admit(w.job_kind, w.payload) a(refusal)
   where a.refusal is not null limit 1;
  if found then
    return dot.fn_command_answer('dlq replay', v_refused);
  end if;
  perform dot.fn_dlq_replay_begin(p_request);
  return dot.fn_command_answer('dlq replay', dot.fn_dlq_replay_all(p_request));
end
$$;
comment on function dot.fn_dlq_replay(uuid, int) is
  'Carries a replay request out: all at once in this transaction, or, with p_rate jobs a second, begins it, and fn_dlq_replay_step goes on. One that needs approval applies its proposal first, judged on exactly its dead letters. One that was interrupted goes on. Returns it as fn_dlq_request_show. Refusals: DT423 while gate queue.dlq.replay_enabled or queue.job_substrate.enabled is closed, DT428 without approval, DT409 once it is done. DT404 when there is none.';
