create or replace function dot.fn_breakglass_active(p_command text) returns boolean
language sql stable security definer set search_path = dot, pg_temp
as $$
  select exists (
    select 1 from dot.break_glass b
     where b.login = session_user and b.actor_id = (dot.fn_actor_current()).actor_id
       and b.closed_at is null and b.expires_at > dot.fn_clock_now() and p_command = any (b.commands)
       and pg_has_role(session_user, 'dot_breakglass', 'member'))
$$;
comment on function dot.fn_breakglass_active(text) is
  'Whether the session''s actor has an emergency open for this command, and still holds the role.';
