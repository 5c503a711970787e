create or replace function dot.fn_actor_key_revoke(p_key text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('actor key revoke', jsonb_build_object('key', p_key));
  v_actor   record;
  v_key     dot.dot_actor_key;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  select * into v_key from dot.dot_actor_key where fingerprint = p_key;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no key %s', coalesce(p_key, 'null')), hint = 'dot actor key list';
  end if;
  v_actor := dot.fn_actor_current();
  -- Whoever lost a key ends it at once, without asking; nobody who presents their session does, for it cannot come back.
  if v_actor.actor_id <> v_key.actor_id or v_actor.actor_kind <> 'human' or not dot.fn_login_itself() or dot.fn_actor_unknown() is not null then
    if not dot.fn_role_held(session_user, 'dot_admin') then
      return dot.fn_command_answer('actor key revoke', dot.fn_command_refusal('DT403', 'not_ones_own', format('key %s is of %s', p_key, v_key.actor_id), 'Its owner revokes it, or an administrator under approval.', jsonb_build_object('key', p_key)));
    end if;
    v_refused := case when v_key.revoked_at is null then
      dot.fn_actor_approval(format('a key of %s is revoked by its owner, or with the approval of another person', v_key.actor_id), jsonb_build_object('actor', v_key.actor_id, 'key', p_key)) end;
    if v_refused is not null then
      return dot.fn_command_answer('actor key revoke', v_refused);
    end if;
  end if;
  update dot.dot_actor_key set revoked_at = dot.fn_clock_now(), revoked_by = v_actor.actor_id, revoked_run = dot.fn_run_current() where fingerprint = p_key and revoked_at is null;
  return jsonb_build_object('actor', v_key.actor_id, 'key', p_key, 'changed', found, 'revoked_at', (select k.revoked_at from dot.dot_actor_key k where k.fingerprint = p_key));
end
$$;
comment on function dot.fn_actor_key_revoke(text) is
  'Revokes a key, for good: what it signed before stays signed, what it signs from now on is not. Its owner does so at once, an administrator under approval (fn_actor_approval). Returns {actor, key, changed, revoked_at}. Refusals: DT403 for another''s key, DT428 without approval. DT404 when there is none.';
