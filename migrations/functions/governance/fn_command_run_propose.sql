create or replace function dot.fn_command_run_propose(p_payload jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_command dot.dot_command_catalog;
  v_secret  text;
  v_done    jsonb;
begin
  select * into v_command from dot.dot_command_catalog where command_code = p_payload ->> 'command' and status <> 'retired';
  if not found or not v_command.mutating then
    raise exception using errcode = 'DT404', message = format('%s is not a catalogued command that changes data', p_payload ->> 'command'), hint = 'dot catalog list';
  end if;
  select a.name into v_secret from jsonb_to_recordset(v_command.spec -> 'args') as a(name text, secret boolean) where a.secret and p_payload -> 'args' ? a.name limit 1;
  if v_secret is not null then
    raise exception using errcode = 'DT400', message = format('%s is a secret and cannot be kept in a proposal', v_secret), hint = 'Run the command itself.';
  end if;
  if p_payload ->> 'catalog_digest' is distinct from v_command.spec_digest and p_payload ? 'catalog_digest' then
    return dot.fn_command_refusal('DT505', 'catalog_mismatch', format('%s is not what it was when this was proposed', v_command.command_code), 'Propose it anew with --propose.');
  end if;
  perform dot.fn_command_entry_used('commands', v_command.command_code);
  v_done := dot.fn_command_refusal_undo(v_command.command_code, p_payload -> 'args', jsonb_build_object('mode', 'dry_run', 'undo_of', p_payload -> 'undo_of'));
  if v_done is not null then
    return v_done;
  end if;
  v_done := dot.fn_command_rehearse(v_command.command_code, p_payload -> 'args');
  if v_done ? 'refusal' then
    return v_done -> 'refusal';
  end if;
  return jsonb_build_object('risk', dot.fn_command_risk(v_command.command_code, p_payload -> 'args'), 'payload', jsonb_strip_nulls(jsonb_build_object(
    'command', v_command.command_code, 'catalog_digest', v_command.spec_digest, 'database', dot.fn_command_database(), 'keys', v_done -> 'keys',
    'context', p_payload -> 'context', 'environment', p_payload -> 'environment', 'undo_of', p_payload -> 'undo_of', 'rehearsal', v_done -> 'run_id', 'made_at', clock_timestamp()))
    || jsonb_build_object('args', p_payload -> 'args', 'plan', v_done -> 'plan', 'rows', v_done -> 'images'));
end
$$;
comment on function dot.fn_command_run_propose(jsonb) is
  'Rehearses a proposed command {command, args, undo_of: the run that it takes back, context, environment} as it is proposed or revised, and gives {risk: with these arguments, payload: that with all that was measured here: plan, keys: [{table, key}] of the rows it replaces, rows: images, rehearsal: the run, catalog_digest, database, made_at}; whatever of these was given is not looked at. A refusal where it does not take that run back, may not be rehearsed, refuses, or is declared otherwise than catalog_digest says. DT404 for what is no mutating command, DT400 for secrets.';
