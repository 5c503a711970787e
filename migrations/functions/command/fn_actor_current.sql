create or replace function dot.fn_actor_current(
  out actor_id text, out actor_kind text, out principal text, out verified boolean)
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_claims boolean;
begin
  select a.actor_id, a.actor_kind, a.principal, true
    into actor_id, actor_kind, principal, verified
    from dot.dot_actor a
   where a.login_name = session_user and a.status = 'active';
  if not found then
    verified := false;
    -- On the private cluster of a machine everyone shares one login; its server settings, which no session can change, say so.
    v_claims := current_setting('cluster_name') = 'dot' and current_setting('listen_addresses') = '';
    if not v_claims then
      v_claims := dot.fn_gate_open('identity.accept_claims');
    end if;
    if v_claims then
      actor_id := coalesce(nullif(current_setting('dot.actor', true), ''), session_user);
      principal := nullif(current_setting('dot.principal', true), '');
      actor_kind := coalesce(nullif(current_setting('dot.actor_kind', true), ''), 'service');
    else
      -- A login is who it is, whatever it claims; it may only claim to be less than a person.
      actor_id := session_user;
      actor_kind := case
        when current_setting('dot.actor_kind', true) in ('agent', 'ci', 'service') then current_setting('dot.actor_kind', true)
        when dot.fn_role_held(session_user, 'dot_agent') and not (select rolsuper from pg_roles where rolname = session_user) then 'agent'
        else 'human' end;
    end if;
  end if;
  -- What is done for an agent is an agent's; nobody becomes more by saying so.
  if current_setting('dot.for_kind', true) = 'agent' and actor_kind <> 'agent' then
    actor_kind := 'agent';
    principal := coalesce(nullif(current_setting('dot.for_principal', true), ''), principal, actor_id);
  end if;
end
$$;
comment on function dot.fn_actor_current() is
  'Who acts: the dot_actor of the login (verified); else, on the local cluster or while gate identity.accept_claims is open, the claim of the envelope; else the login itself (neither verified). A worker that carries out an agent''s job is an agent, for that agent''s principal.';
