create or replace function dot.fn_context_get(p_name text) returns text
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_found text := current_setting('dot.' || p_name, true);
begin
  if coalesce(v_found, '') = '' then
    return null;
  end if;
  if left(v_found, 64) = dot.fn_context_sign(p_name, substr(v_found, 65)) then
    return substr(v_found, 65);
  end if;
  -- Who may act as dot_owner could write the rows themselves.
  return case when dot.fn_role_held(session_user, 'dot_owner') then v_found end;
end
$$;
comment on function dot.fn_context_get(text) is
  'What fn_context_put has noted in this transaction; null for nothing, and for what a caller has put there who may not act as dot_owner.';
