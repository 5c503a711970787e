create or replace function dot.fn_actor_weighty() returns text[]
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select array['dot_reviewer', 'dot_breakglass', 'dot_admin', 'dot_gateway']
$$;
comment on function dot.fn_actor_weighty() is
  'The roles that decide, pass over decisions, make actors, or act for others: who gets one of them is approved by another person, once there are such.';
