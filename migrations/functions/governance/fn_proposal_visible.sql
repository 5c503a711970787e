create or replace function dot.fn_proposal_visible(p_payload jsonb) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select case when exists (select 1 from unnest(array['dot_operator', 'dot_reviewer', 'dot_admin']) r(role) where dot.fn_role_held(session_user, r.role))
    then p_payload else p_payload - 'rows' end
$$;
comment on function dot.fn_proposal_visible(jsonb) is
  'A payload as the caller may see it: images of rows are for those who may change rows or decide on it.';
