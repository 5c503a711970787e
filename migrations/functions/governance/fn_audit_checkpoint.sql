create or replace function dot.fn_audit_checkpoint(p_note text, p_key text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_refused  jsonb := dot.fn_command_guard('audit seal', jsonb_build_object('note', p_note, 'key', p_key));
  -- One signature and nothing beside it, for whatever no signature covers could be anything.
  v_part     text[] := regexp_match(p_note, '^([^\n+]+)\n(0|[1-9][0-9]{0,17})\n([A-Za-z0-9+/]{43}=)\n\n— \1 ([A-Za-z0-9+/]{91}=)\n$');
  v_named    text[] := regexp_match(p_key, '^([^[:space:][:cntrl:]+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$');
  v_signed   bytea := decode(v_part[4], 'base64');
  v_key      bytea := decode(v_named[3], 'base64');
  v_now      constant timestamptz := dot.fn_clock_now();
  v_known    bytea;
  v_size     bigint;
  v_last     dot.audit_checkpoint;
  v_frontier bytea;
  v_id       bigint;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  -- In the one form that it has: whoever verifies it elsewhere takes no other.
  if v_part is null or translate(encode(v_signed, 'base64'), E'\n', '') <> v_part[4] then
    raise exception using errcode = 'DT400', message = 'this is not a signed checkpoint',
      hint = 'A C2SP tlog-checkpoint: origin, size and root, an empty line, then one signature line under the origin''s name.';
  end if;
  if v_named is null or get_byte(v_key, 0) <> 1
    or v_named[2] <> encode(substr(sha256(convert_to(v_named[1] || E'\n', 'UTF8') || v_key), 1, 4), 'hex')
  then
    raise exception using errcode = 'DT400', message = 'this is not a public key of a log',
      hint = 'A C2SP verifier key of Ed25519, name+id+key: the line in the file with the ending .pub that dot audit keygen wrote.';
  end if;
  v_key := substr(v_key, 2);
  perform dot.fn_lock_take('audit seal');
  v_size := coalesce((select max(leaf_index) + 1 from dot.audit_leaf), 0);
  select * into v_last from dot.audit_checkpoint order by checkpoint_id desc limit 1;
  if v_last.origin <> v_part[1] then
    return dot.fn_command_answer('audit seal', dot.fn_command_refusal('DT409', 'other_origin', format('wrong log: this one is %s, expected %s', v_last.origin, v_part[1]),
      format('Use its key, or make a new one for it: dot audit keygen --name %s', v_last.origin)));
  end if;
  select k.public_key into v_known from dot.audit_log_key k where k.origin = v_named[1] and k.key_id = v_named[2];
  if v_known <> v_key then
    return dot.fn_command_answer('audit seal', dot.fn_command_refusal('DT403', 'other_key', format('the key %s of this log is another one', v_named[2]),
      format('Make a new one for it: dot audit keygen --name %s', v_named[1]), jsonb_build_object('key', v_named[2])));
  end if;
  if (v_known is null or v_last.key_id <> v_named[2]) and not dot.fn_role_held(session_user, 'dot_admin') then
    return dot.fn_command_answer('audit seal', dot.fn_command_refusal('DT403', 'other_key',
      case when v_last.key_id is null then 'this log has no key yet; an administrator alone brings the first one'
        when v_last.key_id <> v_named[2] then format('this log is signed with key %s; an administrator alone goes on with another', v_last.key_id)
        else format('the database does not know the public key %s of this log yet; an administrator alone brings it', v_named[2]) end,
      'An administrator seals once with it: dot audit seal --key FILE; then it serves whoever may seal.', jsonb_build_object('key', v_last.key_id)));
  end if;
  if v_size <> v_part[2]::bigint then
    return dot.fn_command_answer('audit seal', dot.fn_command_refusal('DT409', 'other_size', format('the log has %s leaves, expected %s', v_size, v_part[2]), 'Sign it again: dot audit seal'));
  end if;
  -- A frontier that is not the one of its checkpoint is not built on.
  v_frontier := case when v_last.root = dot.fn_audit_root(v_last.frontier) then dot.fn_audit_frontier(v_last.frontier, v_last.size, v_size)
    else dot.fn_audit_frontier('', 0, v_size) end;
  if encode(dot.fn_audit_root(v_frontier), 'base64') <> v_part[3] then
    return dot.fn_command_answer('audit seal', dot.fn_command_refusal('DT409', 'other_root', format('the root over %s leaves is %s, expected %s', v_size,
      encode(dot.fn_audit_root(v_frontier), 'base64'), v_part[3]), 'Look what has changed: dot audit verify'));
  end if;
  -- Its text goes to the line feed before the empty line. The first four bytes name the key.
  if v_part[1] <> v_named[1] or encode(substr(v_signed, 1, 4), 'hex') <> v_named[2]
    or not dot.fn_ed25519_valid(v_key, convert_to(left(p_note, strpos(p_note, E'\n\n')), 'UTF8'), substr(v_signed, 5))
  then
    return dot.fn_command_answer('audit seal', dot.fn_command_refusal('DT403', 'signature_invalid', format('it is not signed by key %s of %s', v_named[2], v_named[1]),
      'Sign it with the private key of this public one: dot audit seal --key FILE', jsonb_build_object('key', v_named[2])));
  end if;
  if v_last.note = p_note and v_known is not null then
    -- Said again, it is no other.
    return jsonb_build_object('checkpoint', v_last.checkpoint_id, 'size', v_size);
  end if;
  if v_known is null then
    insert into dot.audit_log_key (origin, key_id, public_key, run_id, made_at) values (v_named[1], v_named[2], v_key, dot.fn_run_current(), v_now);
  end if;
  insert into dot.audit_checkpoint (size, root, origin, key_id, note, frontier, run_id, made_at)
  values (v_size, decode(v_part[3], 'base64'), v_part[1], v_named[2], p_note, v_frontier, dot.fn_run_current(), v_now)
  returning checkpoint_id into v_id;
  return jsonb_build_object('checkpoint', v_id, 'size', v_size);
end
$$;
comment on function dot.fn_audit_checkpoint(text, text) is
  'Stores a signed statement on the log as it is now (p_note), by a public key (p_key, a C2SP verifier key of Ed25519). Its size must be the log''s, its root the one over all leaves, its origin that of the statements before it, its only signature one by this key; refusals (DT409): other_origin, other_size, other_root; and (DT403) signature_invalid, and other_key: for another key than that of the last statement, and for one that the log does not know yet, also its first, by who does not administer; and for one with the id of another key. A key becomes known with its first statement. The last statement again is no new one. DT400 for what is no signed checkpoint, or no public key. Returns {checkpoint, size}.';
