create or replace function dot.fn_dlq_replay_validate(p_payload jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_request dot.dlq_replay;
  v_open    int;
  v_found   text;
begin
  select * into v_request from dot.dlq_replay where request_id = (p_payload ->> 'request_id')::uuid;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no replay request %s', p_payload ->> 'request_id'), hint = 'dot dlq requests';
  end if;
  if v_request.state <> 'requested' then
    return dot.fn_command_refusal('DT409', 'replay_' || v_request.state, format('replay request %s is %s', v_request.request_id, v_request.state), format('dot dlq show %s', v_request.request_id));
  end if;
  select count(*) filter (where l.state = 'open'), encode(sha256(convert_to(string_agg(concat_ws(' ', l.dead_letter_id, l.job_id, l.state, l.payload), e'\n' order by l.dead_letter_id), 'UTF8')), 'hex')
    into v_open, v_found
    from dot.dlq_replay_item i join dot.job_dead_letter l using (dead_letter_id) where i.request_id = v_request.request_id;
  return jsonb_build_object('risk', 'high', 'refs', jsonb_build_array(jsonb_build_object('request', v_request.request_id)),
    'base', jsonb_build_object('request', v_request.request_id, 'letters', v_request.letters, 'digest', v_request.digest, 'open', v_open, 'content', v_found));
end
$$;
comment on function dot.fn_dlq_replay_validate(jsonb) is
  'Whether a replay can be proposed: {base, risk, refs}. The base is the exact set: the digest of its numbers, how many are open, and the sha-256 over number, job, state and payload of each, so that an approval no longer counts once one of them was replayed or discarded. A refusal (DT409) once it has begun; DT404.';
