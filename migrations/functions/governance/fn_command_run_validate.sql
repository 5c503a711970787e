create or replace function dot.fn_command_run_validate(p_payload jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_command dot.dot_command_catalog;
  v_kind    text;
begin
  select * into v_command from dot.dot_command_catalog where command_code = p_payload ->> 'command' and status <> 'retired';
  if not found or not v_command.mutating then
    raise exception using errcode = 'DT404', message = format('%s is not a catalogued command that changes data', p_payload ->> 'command'), hint = 'dot catalog list';
  end if;
  if dot.fn_command_function(v_command.command_code) is null then
    raise exception using errcode = 'DT400', message = format('%s cannot be proposed: no function of the platform carries it out', v_command.command_code),
      hint = 'A function of a team is adopted first: alter function … owner to dot_owner. What the program does by itself, who may run it runs.';
  end if;
  if v_command.command_code = any (dot.fn_command_with('propose', 'decide', 'revoke_decision', 'apply_proposal')) then
    raise exception using errcode = 'DT400', message = 'a proposal cannot be about a proposal', hint = 'Propose the change itself.';
  end if;
  select k.kind_code into v_kind from dot.proposal_kind k where k.command_code = v_command.command_code and k.status <> 'archived';
  if found then
    raise exception using errcode = 'DT400', message = format('%s is proposed as %s', v_command.command_code, v_kind), hint = format('dot proposal submit --kind %s', v_kind);
  end if;
  if p_payload ->> 'catalog_digest' is distinct from v_command.spec_digest then
    return dot.fn_command_refusal('DT505', 'catalog_mismatch', format('%s is not what it was when this was proposed', v_command.command_code), 'Propose it anew with --propose.');
  end if;
  if p_payload -> 'database' is distinct from dot.fn_command_database() then
    return dot.fn_command_refusal('DT409', 'plan_elsewhere', 'this plan was made for another database', 'Propose it here with --propose.');
  end if;
  return jsonb_build_object('base', dot.fn_command_run_base(p_payload -> 'keys'), 'risk', v_command.risk,
    'refs', jsonb_build_array(jsonb_build_object('command', v_command.command_code)));
end
$$;
comment on function dot.fn_command_run_validate(jsonb) is
  'Whether a measured plan {command, args, plan: measured effects, keys: [{table, key}] of the rows it replaces, catalog_digest, database, …} can be proposed: {base: those rows as they are, risk, refs}. Refusals: DT505 where the command is declared otherwise by now, DT409 for a plan of another database. DT404 for what is no mutating command, DT400 where it has a kind of its own or no function of the platform.';
