create or replace function dot.fn_breakglass_current(p_command text) returns uuid
language sql stable security definer set search_path = dot, pg_temp
as $$
  select b.break_glass_id from dot.break_glass b
   where b.login = session_user and b.actor_id = (dot.fn_actor_current()).actor_id
     and b.closed_at is null and b.expires_at > dot.fn_clock_now() and p_command = any (b.commands)
     and dot.fn_role_held(session_user, 'dot_breakglass')
   order by b.opened_at desc limit 1
$$;
comment on function dot.fn_breakglass_current(text) is
  'The emergency that the session''s actor has open for this command, while they hold the role; null without one.';
