create or replace function dot.fn_actor_enable(p_actor text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('actor enable', jsonb_build_object('actor', p_actor));
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if not exists (select 1 from dot.dot_actor where actor_id = p_actor) then
    raise exception using errcode = 'DT404', message = format('there is no actor %s', p_actor), hint = 'dot actor list';
  end if;
  v_refused := dot.fn_actor_promote(p_actor, (select a.roles from dot.dot_actor a where a.actor_id = p_actor and a.status = 'disabled'));
  if v_refused is not null then
    return dot.fn_command_answer('actor enable', v_refused);
  end if;
  update dot.dot_actor set status = 'active', changed_at = dot.fn_clock_now() where actor_id = p_actor and status = 'disabled';
  return jsonb_build_object('actor', p_actor, 'status', 'active', 'changed', found, 'inverse', case when found then jsonb_build_object('actor', p_actor) end);
end
$$;
comment on function dot.fn_actor_enable(text) is
  'The login may act again. One with roles that decide needs an approval for it (fn_actor_promote). Returns {actor, status, changed, inverse}. DT404 when there is no such actor.';
