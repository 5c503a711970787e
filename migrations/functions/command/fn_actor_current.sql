create or replace function dot.fn_actor_current(
  out actor_id text, out actor_kind text, out principal text, out verified boolean)
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_token   constant text := nullif(current_setting('dot.session_token', true), '');
  v_stands  text;
  v_for     jsonb;
begin
  if v_token is not null then
    v_stands := (dot.fn_session_verify(v_token)).actor_id;
    if v_stands is null then
      raise exception using errcode = 'DT403', message = format('no session stands for anyone by this token, presented by login %s', session_user),
        hint = 'It has ended, or this login may not present it. Whoever it was for opens another one: dot session open';
    end if;
  end if;
  -- The login's own actor, or the one for whom a gateway's session stands.
  select a.actor_id, a.actor_kind, a.principal, true
    into actor_id, actor_kind, principal, verified
    from dot.dot_actor a
   where (v_token is null and a.login_name = session_user or a.actor_id = v_stands) and a.status = 'active';
  if not found then
    verified := false;
    if dot.fn_identity_claimed() then
      actor_id := coalesce(nullif(current_setting('dot.actor', true), ''), session_user);
      -- Where people have logins of their own, nobody has the name of another.
      if not dot.fn_identity_private() and exists (select 1 from dot.dot_actor a where lower(a.actor_id) = lower(current_setting('dot.actor', true))) then
        actor_id := session_user;
      end if;
      principal := nullif(current_setting('dot.principal', true), '');
      -- Nor is anybody made to answer for another.
      if not dot.fn_identity_private() and exists (select 1 from dot.dot_actor a where lower(a.actor_id) = lower(fn_actor_current.principal)) then
        fn_actor_current.principal := null;
      end if;
      actor_kind := coalesce(nullif(current_setting('dot.actor_kind', true), ''), 'service');
    else
      -- A login is who it is, whatever it claims; it may only claim to be an agent, which is less than a person in everything.
      actor_id := session_user;
      actor_kind := case when current_setting('dot.actor_kind', true) = 'agent' then 'agent' else 'human' end;
    end if;
    -- Nobody has the name of a known actor by being called so.
    if exists (select 1 from dot.dot_actor a where lower(a.actor_id) = lower(session_user)) and fn_actor_current.actor_id = session_user then
      actor_id := 'login ' || session_user;
    end if;
    -- The role alone makes an agent.
    if actor_kind <> 'agent' and dot.fn_role_held(session_user, 'dot_agent') and not (select rolsuper from pg_roles where rolname = session_user) then
      actor_kind := 'agent';
    end if;
  end if;
  if current_setting('dot.for_job', true) <> '' then
    v_for := dot.fn_command_hook('job_wanted_by', current_setting('dot.for_job', true), current_setting('dot.for_token', true))::jsonb;
    if v_for is null then
      raise exception using errcode = 'DT409', message = format('login %s holds no lease of job %s by this token', session_user, current_setting('dot.for_job', true)),
        hint = 'It was rescued or cancelled meanwhile, or is another''s: nothing more is done for it.';
    end if;
    -- What is done for an agent is an agent's, and no job decides as a person does, whoever works.
    actor_kind := case when v_for ->> 'kind' = 'agent' then 'agent' when actor_kind = 'human' then 'service' else actor_kind end;
    principal := coalesce(v_for ->> 'principal', v_for ->> 'actor', principal);
  end if;
end
$$;
comment on function dot.fn_actor_current() is
  'Who acts: the dot_actor of the login, or of the session whose token it presents (setting session_token, fn_session_verify), verified; else, where claims are believed (fn_identity_claimed), the claim of the envelope; else the login itself (neither verified). Within a job (settings for_job and for_token) the worker acts for whoever wanted it, as the job''s row says: for an agent as an agent, for a person as their machine, and answering to them. DT409 where the login holds no such lease, DT403 where the token stands for no session.';
