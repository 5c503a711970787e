create or replace function dot.fn_actor_disable(p_actor text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('actor disable', jsonb_build_object('actor', p_actor));
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if not exists (select 1 from dot.dot_actor where actor_id = p_actor) then
    raise exception using errcode = 'DT404', message = format('there is no actor %s', p_actor), hint = 'dot actor list';
  end if;
  if p_actor = (dot.fn_actor_current()).actor_id then
    return dot.fn_command_answer('actor disable', dot.fn_command_refusal('DT409', 'oneself', 'you cannot disable your own actor', 'Ask another administrator.'));
  end if;
  if dot.fn_actor_outranks((select a.login_name from dot.dot_actor a where a.actor_id = p_actor)) then
    return dot.fn_command_answer('actor disable', dot.fn_command_refusal('DT403', 'owner_login', format('the login of %s may act as dot_owner; only one that may disables it', p_actor),
      'Ask who administers the server.', jsonb_build_object('actor', p_actor)));
  end if;
  update dot.dot_actor set status = 'disabled', changed_at = dot.fn_clock_now() where actor_id = p_actor and status = 'active';
  return jsonb_build_object('actor', p_actor, 'status', 'disabled', 'changed', found, 'inverse', case when found then jsonb_build_object('actor', p_actor) end)
    || coalesce((select jsonb_build_object('next', format('By psql its login still reads, until whoever administers the server does this: revoke %s from %I', string_agg(g.role, ', ' order by g.role), a.login_name)
                          -- What it has open goes on to its end.
                          || case when exists (select 1 from pg_stat_activity s where s.usename = a.login_name)
                               then format('; select pg_terminate_backend(pid) from pg_stat_activity where usename = %L', a.login_name) else '' end
                          || coalesce((select string_agg(format('; rollback prepared %L', x.gid), '' order by x.gid) from pg_prepared_xacts x where x.owner = a.login_name), ''))
                   from dot.dot_actor a cross join lateral unnest(a.roles) g(role) where a.actor_id = p_actor and a.login_name is not null group by a.login_name), '{}');
end
$$;
comment on function dot.fn_actor_disable(text) is
  'From now on the actor''s login is refused every command, and every call that changes something; what only reads is a matter of the roles of the server, and what it has open or prepared goes on to its end: next names the statements that end both. Refusals: DT409 for oneself; DT403 owner_login for one whose login may act as dot_owner, by a login that may not. Returns {actor, status, changed, inverse, next}. DT404 when there is no such actor.';
