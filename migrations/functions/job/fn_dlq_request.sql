create or replace function dot.fn_dlq_request(
  p_note text, p_letter text[] default null, p_kind text default null, p_queue text default null, p_failure_class text default null,
  p_since timestamptz default null, p_until timestamptz default null)
returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_filter  jsonb := jsonb_strip_nulls(jsonb_build_object('letters', p_letter, 'kind', p_kind, 'queue', p_queue, 'failure_class', p_failure_class, 'since', p_since, 'until', p_until));
  v_refused jsonb := dot.fn_command_guard('dlq request', jsonb_build_object('note', p_note) || v_filter);
  v_request uuid := dot.fn_uuid_v7();
  v_ids     bigint[];
  v_count   int;
  v_needs   boolean;
  v_submitted jsonb;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if coalesce(trim(p_note), '') = '' then
    raise exception using errcode = 'DT400', message = 'a replay request needs a note', hint = 'Say why they will succeed now: --note TEXT';
  end if;
  if v_filter = '{}' then
    raise exception using errcode = 'DT400', message = 'a replay request says which dead letters it is for', hint = 'Their numbers, or --kind, --queue, --failure-class, --since, --until.';
  end if;
  if exists (select 1 from unnest(p_letter) l where l !~ '^[0-9]{1,18}$') then
    raise exception using errcode = 'DT400', message = 'a dead letter is named by its number', hint = 'dot dlq list';
  end if;
  v_ids := array(
    select l.dead_letter_id
      from dot.job_dead_letter l join dot.queue_registry q using (queue_id) join dot.job_kind_registry k using (kind_id)
     where l.state = 'open' and (p_letter is null or l.dead_letter_id = any (p_letter::bigint[]))
       and (p_kind is null or k.job_kind = p_kind) and (p_queue is null or q.queue_code = p_queue) and (p_failure_class is null or l.failure_class = p_failure_class)
       and (p_since is null or l.died_at >= p_since) and (p_until is null or l.died_at < p_until)
       -- What another request is at already is left to it.
       and not exists (
         select 1 from dot.dlq_replay_item i join dot.dlq_replay r using (request_id)
          where i.dead_letter_id = l.dead_letter_id and i.state = 'waiting' and r.state <> 'done')
     order by l.dead_letter_id);
  v_count := cardinality(v_ids);
  if v_count = 0 then
    return dot.fn_command_answer('dlq request', dot.fn_command_refusal('DT409', 'nothing_to_replay', 'no open dead letter is meant that is not in another request', 'dot dlq list, dot dlq requests'));
  end if;
  v_needs := v_count > dot.fn_config_int('queue.dlq.replay_approval_threshold');
  -- The proposal is about the request, so the request comes first, and learns of it in the same transaction.
  insert into dot.dlq_replay (request_id, note, filter, letters, digest, needs_approval, requested_by, requested_at, run_id)
  values (v_request, p_note, v_filter, v_count, dot.fn_dlq_digest(v_ids), false, (dot.fn_actor_current()).actor_id, dot.fn_clock_now(),
    dot.fn_run_current());
  insert into dot.dlq_replay_item (request_id, dead_letter_id) select v_request, u from unnest(v_ids) u;
  if v_needs then
    v_submitted := dot.fn_proposal_submit('dlq_replay', jsonb_build_object('request_id', v_request, 'note', p_note), format('Replay %s dead letters: %s', v_count, left(p_note, 80)));
    if v_submitted ->> 'refused' = 'true' then
      raise exception using errcode = 'DT409', message = format('the replay cannot be proposed: %s', v_submitted ->> 'message'), hint = v_submitted ->> 'hint';
    end if;
    update dot.dlq_replay set needs_approval = true, proposal_id = (v_submitted ->> 'proposal')::uuid where request_id = v_request;
  end if;
  return dot.fn_dlq_request_show(v_request) || jsonb_build_object('next',
    case when v_needs then format('someone else: dot dlq approve %s --rationale TEXT; then: dot dlq replay %s --yes', v_request, v_request) else format('dot dlq replay %s --yes', v_request) end);
end
$$;
comment on function dot.fn_dlq_request(text, text[], text, text, text, timestamptz, timestamptz) is
  'Requests the replay of open dead letters, by their numbers or a filter, and fixes which: the set does not change any more. p_note says why. Above setting queue.dlq.replay_approval_threshold it also submits a proposal of kind dlq_replay, bound to that set. Returns the request as fn_dlq_request_show, with next. A refusal (DT409) when none is meant that is not in another request; DT400 without a note or a filter.';
