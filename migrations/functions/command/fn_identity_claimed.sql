create or replace function dot.fn_identity_claimed() returns boolean
language sql stable security definer set search_path = dot, pg_temp
as $$
  select dot.fn_identity_private() or dot.fn_gate_open('identity.accept_claims')
$$;
comment on function dot.fn_identity_claimed() is
  'Whether a login that is no actor is who it says it is: on the private cluster of a machine, and while gate identity.accept_claims is open. It decides by that on the private cluster only (fn_identity_private).';
