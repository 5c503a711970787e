create or replace function dot.fn_actor_key_add(p_actor text, p_key text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('actor key add', jsonb_build_object('actor', p_actor, 'key', p_key));
  v_key     jsonb := dot.fn_ssh_key(p_key);
  v_kind    text;
  v_known   dot.dot_actor_key;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  select a.actor_kind into v_kind from dot.dot_actor a where a.actor_id = p_actor and a.status = 'active';
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no active actor %s', coalesce(p_actor, 'null')), hint = coalesce('Make it known: dot actor add ' || quote_ident(p_actor) || ' --kind human', 'dot actor list');
  end if;
  if v_kind <> 'human' then
    return dot.fn_command_answer('actor key add', dot.fn_command_refusal('DT403', 'not_a_person', format('only people sign, and %s is of kind %s', p_actor, v_kind), 'A person registers a key of their own.',
      jsonb_build_object('actor', p_actor)));
  end if;
  select * into v_known from dot.dot_actor_key k where k.fingerprint = v_key ->> 'fingerprint';
  if v_known.actor_id = p_actor and v_known.revoked_at is null then
    return jsonb_build_object('actor', p_actor, 'key', v_key -> 'fingerprint', 'algorithm', v_key -> 'algorithm', 'changed', false);
  end if;
  if v_known.actor_id is not null then
    return dot.fn_command_answer('actor key add', dot.fn_command_refusal('DT409', 'key_taken',
      case when v_known.revoked_at is not null then format('key %s was revoked', v_known.fingerprint) else format('key %s is of %s', v_known.fingerprint, v_known.actor_id) end,
      'A key is one person''s, and once revoked nobody''s: make another with ssh-keygen -t ed25519', jsonb_build_object('key', v_known.fingerprint)));
  end if;
  v_refused := dot.fn_actor_approval(format('%s gets a key to sign with by the approval of another person only', p_actor), jsonb_build_object('actor', p_actor, 'key', v_key -> 'fingerprint'));
  if v_refused is not null then
    return dot.fn_command_answer('actor key add', v_refused);
  end if;
  insert into dot.dot_actor_key (fingerprint, actor_id, algorithm, public_key, comment, added_at, added_by, added_run)
  values (v_key ->> 'fingerprint', p_actor, v_key ->> 'algorithm', v_key ->> 'public_key', v_key ->> 'comment', dot.fn_clock_now(),
    (dot.fn_actor_current()).actor_id, dot.fn_run_current());
  return jsonb_build_object('actor', p_actor, 'key', v_key -> 'fingerprint', 'algorithm', v_key -> 'algorithm', 'changed', true,
    'public_key', v_key -> 'public_key', 'added_at', dot.fn_clock_now());
end
$$;
comment on function dot.fn_actor_key_add(text, text) is
  'Registers a public SSH key (fn_ssh_key) with which a person signs decisions, under the approval of another person (fn_actor_approval). Returns {actor, key: its fingerprint, algorithm, changed, public_key, added_at}. Refusals: DT403 for who is no person, DT409 for a key of someone else or one that was revoked, DT428 without approval. DT400 for what is no key of a type that is taken, DT404 for an unknown actor.';
