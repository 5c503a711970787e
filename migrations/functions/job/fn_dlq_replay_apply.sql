create or replace function dot.fn_dlq_replay_apply(p_payload jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_request uuid := (p_payload ->> 'request_id')::uuid;
  v_refused jsonb := dot.fn_dlq_gates();
begin
  if v_refused is not null then
    return v_refused;
  end if;
  perform dot.fn_dlq_replay_begin(v_request);
  return dot.fn_dlq_replay_all(v_request);
end
$$;
comment on function dot.fn_dlq_replay_apply(jsonb) is
  'Carries an approved replay out, for fn_proposal_apply: at once, unless the request has a rate; then it only begins, and fn_dlq_replay_step goes on. A refusal while a gate is closed.';
