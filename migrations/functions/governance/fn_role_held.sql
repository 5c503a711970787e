create or replace function dot.fn_role_held(p_login text, p_role text) returns boolean
language sql stable security definer set search_path = dot, pg_temp
as $$
  select coalesce(pg_has_role(to_regrole(quote_ident(p_login)), to_regrole(quote_ident(p_role)), 'member'), false)
$$;
comment on function dot.fn_role_held(text, text) is 'Whether a login holds a role now. False where either does not exist.';
