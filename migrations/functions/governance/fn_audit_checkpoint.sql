create or replace function dot.fn_audit_checkpoint(p_note text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_refused  jsonb := dot.fn_command_guard('audit seal', jsonb_build_object('note', p_note));
  v_part     text[] := regexp_match(p_note, '^([^\n+]+)\n(0|[1-9][0-9]{0,17})\n([A-Za-z0-9+/]{43}=)\n\n(?:— [^\n]+\n)*?— \1 ([A-Za-z0-9+/]{90}[A-Za-z0-9+/=]{2})\n(?:— [^\n]+\n)*$');
  v_size     bigint;
  v_last     dot.audit_checkpoint;
  v_frontier bytea;
  v_id       bigint;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if v_part is null then
    raise exception using errcode = 'DT400', message = 'this is not a signed checkpoint',
      hint = 'A C2SP tlog-checkpoint: origin, size and root, an empty line, then a signature line under the origin''s name.';
  end if;
  perform dot.fn_lock_take('audit seal');
  v_size := coalesce((select max(leaf_index) + 1 from dot.audit_leaf), 0);
  select * into v_last from dot.audit_checkpoint order by checkpoint_id desc limit 1;
  if v_last.origin <> v_part[1] then
    return dot.fn_command_answer('audit seal', dot.fn_command_refusal('DT409', 'other_origin', format('this log is %s, not %s', v_last.origin, v_part[1]),
      format('Use its key, or make a new one for it: dot audit keygen --name %s', v_last.origin)));
  end if;
  if v_last.key_id <> encode(substr(decode(v_part[4], 'base64'), 1, 4), 'hex') and not dot.fn_role_held(session_user, 'dot_admin') then
    return dot.fn_command_answer('audit seal', dot.fn_command_refusal('DT403', 'other_key', format('this log is signed with key %s; an administrator alone goes on with another', v_last.key_id),
      'Sign it with that key, or ask an administrator: dot audit seal --key FILE', jsonb_build_object('key', v_last.key_id)));
  end if;
  if v_size <> v_part[2]::bigint then
    return dot.fn_command_answer('audit seal', dot.fn_command_refusal('DT409', 'other_size', format('the log has %s leaves, not %s', v_size, v_part[2]), 'Sign it again: dot audit seal'));
  end if;
  -- A frontier that is not the one of its checkpoint is not built on.
  v_frontier := case when v_last.root = dot.fn_audit_root(v_last.frontier) then dot.fn_audit_frontier(v_last.frontier, v_last.size, v_size)
    else dot.fn_audit_frontier('', 0, v_size) end;
  if encode(dot.fn_audit_root(v_frontier), 'base64') <> v_part[3] then
    return dot.fn_command_answer('audit seal', dot.fn_command_refusal('DT409', 'other_root', format('the root over the %s leaves is %s, not %s', v_size,
      encode(dot.fn_audit_root(v_frontier), 'base64'), v_part[3]), 'Look what has changed: dot audit verify'));
  end if;
  insert into dot.audit_checkpoint (size, root, origin, key_id, note, frontier, run_id, made_at)
  values (v_size, decode(v_part[3], 'base64'), v_part[1], encode(substr(decode(v_part[4], 'base64'), 1, 4), 'hex'), p_note, v_frontier,
          dot.fn_run_current(), dot.fn_clock_now())
  returning checkpoint_id into v_id;
  return jsonb_build_object('checkpoint', v_id, 'size', v_size);
end
$$;
comment on function dot.fn_audit_checkpoint(text) is
  'Stores a signed statement on the log as it is now. Its size must be the log''s, its root the one over all leaves, its origin that of the statements before it; refusals (DT409): other_origin, other_size, other_root; and (DT403) other_key, for another key than that of the last one, by who does not administer. The signature is for the readers to verify: the database knows no key. DT400 for what is no signed checkpoint. Returns {checkpoint, size}.';
