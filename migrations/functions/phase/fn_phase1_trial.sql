create or replace function dot.fn_phase1_trial(p_gate text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_classes text[] := array(select k.executor_class from dot.job_kind_registry k where k.job_kind = 'system.noop_leased');
  v_job     bigint;
  v_worker  uuid;
  v_claim   record;
  v_answer  jsonb;
begin
  v_answer := dot.fn_job_enqueue('system.noop_leased', '{"trial": true}', p_priority => 0);
  v_job := (v_answer ->> 'job')::bigint;
  if p_gate = 'queue.job_substrate.enabled' or v_job is null then
    return jsonb_build_object('works', v_job is not null, 'answer', v_answer);
  end if;
  if p_gate = 'queue.notify.enabled' then
    perform dot.fn_job_wake('bench');
    return jsonb_build_object('works', dot.fn_gate_open(p_gate), 'answer', v_answer);
  end if;
  -- Not by fn_worker_start: who verifies a phase need not be one who may run workers.
  insert into dot.queue_heartbeat (worker_id, worker, host, pid, version, queues, classes, state, started_at, seen_at)
  values (dot.fn_uuid_v7(), 'phase1 trial', '', 0, '', array['bench'], v_classes, 'active', clock_timestamp(), clock_timestamp())
  returning worker_id into v_worker;
  select * into v_claim from dot.fn_job_claim(v_worker, v_classes, 1, array['bench']);
  if p_gate = 'queue.worker.enabled' or v_claim.job is null then
    return jsonb_build_object('works', v_claim.job is not null, 'answer', to_jsonb(v_claim.job));
  end if;
  if p_gate = 'queue.lease_reaper.enabled' then
    update dot.job_queue set deadline_at = '-infinity' where job_id = v_claim.job;
    v_answer := dot.fn_job_lease_reaper();
    return jsonb_build_object('works', not exists (select 1 from dot.job_queue where job_id = v_claim.job and state = 'x'), 'answer', v_answer);
  end if;
  perform dot.fn_job_fail_permanent(array[v_claim.job], array[v_claim.token]);
  insert into dot.dlq_replay (request_id, note, filter, letters, digest, needs_approval, requested_by, requested_at)
  select dot.fn_uuid_v7(), 'phase1 trial', '{}', 1, dot.fn_dlq_digest(array[l.dead_letter_id]), false, 'phase1', clock_timestamp()
    from dot.job_dead_letter l where l.job_id = v_claim.job;
  insert into dot.dlq_replay_item (request_id, dead_letter_id)
  select r.request_id, l.dead_letter_id from dot.dlq_replay r, dot.job_dead_letter l where r.note = 'phase1 trial' and l.job_id = v_claim.job;
  v_answer := dot.fn_dlq_replay((select r.request_id from dot.dlq_replay r where r.note = 'phase1 trial' order by r.request_id desc limit 1));
  return jsonb_build_object('works', coalesce(v_answer ->> 'replayed' = '1', false), 'answer', jsonb_strip_nulls(jsonb_build_object('replayed', v_answer -> 'replayed', 'refused', v_answer -> 'message')));
end
$$;
comment on function dot.fn_phase1_trial(text) is
  'Does once what a gate of Phase 1 turns on, on a job of its own: {works, answer}. It leaves everything it made behind: only fn_phase_verified calls it, and rolls it back.';
