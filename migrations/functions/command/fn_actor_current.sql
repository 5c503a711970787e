create or replace function dot.fn_actor_current(
  out actor_id text, out actor_kind text, out principal text, out verified boolean)
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
begin
  select a.actor_id, a.actor_kind, a.principal, true
    into actor_id, actor_kind, principal, verified
    from dot.dot_actor a
   where a.login_name = session_user and a.status = 'active';
  if found then
    return;
  end if;
  -- Before the first catalog sync there are no gates; only the owner can be at work then.
  if not dot.fn_gate_open('identity.accept_claims')
    and (exists (select 1 from dot.dot_config) or not pg_has_role(session_user, 'dot_owner', 'member'))
  then
    raise exception using errcode = 'DT403', message = format('login %s is not a known actor', session_user),
      hint = 'Ask an administrator to add the login to dot_actor.';
  end if;
  actor_id := coalesce(nullif(current_setting('dot.actor', true), ''), session_user);
  actor_kind := coalesce(nullif(current_setting('dot.actor_kind', true), ''), 'service');
  principal := nullif(current_setting('dot.principal', true), '');
  verified := false;
end
$$;
comment on function dot.fn_actor_current() is
  'Who acts: the dot_actor of the login (verified), else the claim of the envelope (not verified) while gate identity.accept_claims is open, else DT403.';
