create or replace function dot.fn_audit_housekeeping() returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  perform dot.fn_actor_able();
  -- The lock of fn_audit_append: where someone is at it already, there is nothing to wait for.
  if not dot.fn_lock_try('audit seal') then
    return jsonb_build_object('skipped', true);
  end if;
  return dot.fn_audit_append(false, 10000);
end
$$;
comment on function dot.fn_audit_housekeeping() is
  'Appends some of what waits to the log, as every worker does again and again; see fn_audit_append. It is signed by dot audit seal, with a key that no worker has. Returns {from, size, sealed, more}, or {skipped: true} where someone else is at it.';
