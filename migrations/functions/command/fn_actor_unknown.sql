create or replace function dot.fn_actor_unknown() returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
begin
  if (dot.fn_actor_current()).verified or dot.fn_identity_private() then
    return null;
  end if;
  return dot.fn_command_refusal('DT403', 'login_unknown', format('login %s is not registered as an actor, so it cannot decide, whatever roles it has', session_user),
    format('An administrator makes it known: dot actor add NAME --kind KIND --login %s', quote_ident(session_user)));
end
$$;
comment on function dot.fn_actor_unknown() is
  'Why the session may decide nothing (proposals, delegations, emergencies), though its login has roles: it is no actor. Null where it is one, and where claims are believed (fn_identity_claimed).';
