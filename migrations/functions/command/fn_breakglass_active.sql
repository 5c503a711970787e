create or replace function dot.fn_breakglass_active(p_command text) returns boolean
language sql stable security definer set search_path = dot, pg_temp
as $$
  select dot.fn_breakglass_current(p_command) is not null
$$;
comment on function dot.fn_breakglass_active(text) is
  'Whether the session''s actor has an emergency open for this command, and still holds the role.';
