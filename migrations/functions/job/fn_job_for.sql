create or replace function dot.fn_job_for(p_payload jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_actor record := dot.fn_actor_current();
begin
  if jsonb_typeof(coalesce(p_payload, '{}')) <> 'object' then
    raise exception using errcode = 'DT400', message = 'the payload of a job that runs a command is a JSON object',
      hint = '{"command": "queue list", "args": {}}';
  end if;
  -- Whose it is was found out when it was asked for; what a caller says of that is not heard.
  if p_payload ? '$for' and dot.fn_context_get('job_for') = 'kept' then
    return p_payload;
  end if;
  return coalesce(p_payload, '{}') || jsonb_build_object('$for',
    jsonb_strip_nulls(jsonb_build_object('actor', v_actor.actor_id, 'kind', v_actor.actor_kind, 'principal', v_actor.principal,
      'login', case when not exists (select 1 from dot.dot_actor a where a.actor_id = v_actor.actor_id) then session_user end)));
end
$$;
comment on function dot.fn_job_for(jsonb) is
  'The payload of a job that runs a command, with $for: {actor, kind, principal} of who wants it, and login where that is no known actor''s. The worker runs it as an agent''s where that is one, so that nothing is done for an agent by way of a worker that the agent may not do.';
