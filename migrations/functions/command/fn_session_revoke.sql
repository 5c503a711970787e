create or replace function dot.fn_session_revoke(p_session uuid) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('session revoke', jsonb_build_object('session', p_session));
  v_actor   record;
  v_session dot.dot_session;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  select * into v_session from dot.dot_session where session_id = p_session;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no session %s', coalesce(p_session::text, 'null')), hint = 'dot session list';
  end if;
  v_actor := dot.fn_actor_current();
  -- Only who is known is someone: a claimed name ends nobody's session.
  if not (v_actor.verified and v_actor.actor_id = v_session.actor_id) and not dot.fn_role_held(session_user, 'dot_admin') then
    return dot.fn_command_answer('session revoke', dot.fn_command_refusal('DT403', 'not_ones_own', format('session %s is of %s', p_session, v_session.actor_id),
      'Its own actor ends it, or an administrator.', jsonb_build_object('session', p_session)));
  end if;
  update dot.dot_session set revoked_at = statement_timestamp(), revoked_by = v_actor.actor_id where session_id = p_session and revoked_at is null;
  return jsonb_build_object('session', p_session, 'actor', v_session.actor_id, 'changed', found);
end
$$;
comment on function dot.fn_session_revoke(uuid) is
  'Ends a session now: of the calling actor, or anyone''s for an administrator. Returns {session, actor, changed}. A refusal (DT403) for another''s, DT404 when there is none.';
