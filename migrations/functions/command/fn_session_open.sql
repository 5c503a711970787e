create or replace function dot.fn_session_open(p_minutes int default 60) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  c_most    constant int := 720;
  c_opened  constant int := 1000;
  v_refused jsonb := dot.fn_command_guard('session open', jsonb_build_object('minutes', p_minutes));
  v_token   text;
  v_session dot.dot_session;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if p_minutes is null or p_minutes not between 1 and c_most then
    raise exception using errcode = 'DT400', message = format('duration must be between 1 and %2$s minutes, got %1$s', coalesce(p_minutes::text, 'null'), c_most),
      hint = format('Twelve hours are the most: --minutes %s', c_most);
  end if;
  -- No session begets another, and none outlives the job in which it was opened.
  if not dot.fn_login_itself() then
    return dot.fn_command_answer('session open', dot.fn_command_refusal('DT403', 'not_the_login_itself', 'a session is opened by a login itself, not by a session or within a job',
      'Log in to the database, and open it there: dot session open'));
  end if;
  if (select count(*) from dot.dot_session s join dot.dot_actor a using (actor_id)
       where a.login_name = session_user and s.opened_at > statement_timestamp() - interval '12 hours') >= c_opened
  then
    return dot.fn_command_answer('session open', dot.fn_command_refusal('DT429', 'too_many_sessions', format('%s has opened %s sessions within twelve hours', session_user, c_opened),
      'Present one that is open: dot session list'));
  end if;
  -- 366 random bits of the server, folded to 256.
  v_token := encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'hex');
  insert into dot.dot_session (session_id, actor_id, roles, standing, gateways, token_sha256, opened_at, expires_at, client, run_id)
  select dot.fn_uuid_v7(), a.actor_id,
         array(select r from unnest(array['dot_reader', 'dot_operator', 'dot_reviewer', 'dot_worker', 'dot_agent', 'dot_admin', 'dot_breakglass', 'dot_gateway']) r
                where dot.fn_role_granted(session_user, r)),
         dot.fn_session_standing(a.actor_id, session_user),
         (select coalesce(jsonb_object_agg(g.login_name, dot.fn_session_standing(g.actor_id, g.login_name)), '{}')
            from dot.dot_actor g where g.status = 'active' and 'dot_gateway' = any (g.roles)),
         sha256(convert_to(v_token, 'UTF8')), statement_timestamp(), statement_timestamp() + make_interval(mins => p_minutes),
         coalesce((select r.client from dot.dot_command_run r where r.run_id = dot.fn_run_current()), '{}'), dot.fn_run_current()
    from dot.dot_actor a
   where a.login_name = session_user and a.status = 'active'
  returning * into v_session;
  if not found then
    return dot.fn_command_answer('session open', dot.fn_command_refusal('DT403', 'login_unknown', format('login %s is no actor, so a session of it would stand for nobody', session_user),
      format('An administrator makes it known: dot actor add NAME --kind KIND --login %s', quote_ident(session_user))));
  end if;
  return jsonb_build_object('session', v_session.session_id, 'actor', v_session.actor_id, 'expires_at', v_session.expires_at,
    'inverse', jsonb_build_object('session', v_session.session_id), 'once', jsonb_build_object('token', v_token));
end
$$;
comment on function dot.fn_session_open(int) is
  'Opens a session of the calling login for its own actor, for p_minutes (1 to 720). Returns {session, actor, expires_at, inverse, once: {token}}: the token is 256 random bits as 64 hexadecimal digits, told here once and kept nowhere. Those who are gateways now may present it, nobody who becomes one later. Refusals: DT403 a login that is no actor, and one that acts by a session or within a job; DT429 the thousandth within twelve hours. DT400 for another time.';
