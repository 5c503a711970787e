create or replace function dot.fn_session_verify(p_token text, out session_id uuid, out actor_id text, out login text)
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
begin
  -- Found and compared by its digest alone: how long that takes says nothing of any token.
  select s.session_id, s.actor_id, s.login into session_id, actor_id, login
    from dot.dot_session s
   where s.token_sha256 = sha256(convert_to(p_token, 'UTF8'))
     and s.revoked_at is null and s.opened_at <= statement_timestamp() and s.expires_at > statement_timestamp()
     -- An actor that was disabled meanwhile, or a login whose roles have changed, opens another one.
     and s.standing = dot.fn_session_standing(s.actor_id, s.login)
     -- Its own login, or one that was a gateway when the session was opened, and has been ever since.
     and (s.login = session_user
       or dot.fn_role_granted(session_user, 'dot_gateway')
         and exists (select 1 from dot.dot_actor g where g.login_name = session_user and g.status = 'active'
                                                     and s.gateways ->> session_user = dot.fn_session_standing(g.actor_id, g.login_name)));
end
$$;
comment on function dot.fn_session_verify(text) is
  'The session for which a token stands, presented by this login, now: {session_id, actor_id, login}; nulls for a token that nobody was given, for a session that has expired or was revoked, whose actor was changed since (disabled, enabled again, another login), whose login was granted or lost a role since (fn_session_standing), and for a login that neither opened it nor has been a gateway since before it was opened (dot_gateway, as its own active actor was given it).';
