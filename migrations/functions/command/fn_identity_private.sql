create or replace function dot.fn_identity_private() returns boolean
language sql stable security definer set search_path = dot, pg_temp
as $$
  -- On the private cluster of a machine everyone shares one login; its server settings, which no session can change, say so.
  select current_setting('cluster_name') = 'dot' and current_setting('listen_addresses') = ''
$$;
comment on function dot.fn_identity_private() is
  'Whether this is the private cluster of a machine: there a login that is no actor is who it says it is, and decides as that one. On any other server nobody decides by a claim.';
