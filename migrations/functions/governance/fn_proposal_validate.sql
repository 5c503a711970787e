create or replace function dot.fn_proposal_validate(p_kind text, p_payload jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_kind     dot.proposal_kind;
  v_function regprocedure;
  v_proposed jsonb;
  v_result   jsonb := '{}'::jsonb;
begin
  select * into v_kind from dot.proposal_kind where kind_code = p_kind and status <> 'archived';
  if not found then
    raise exception using errcode = 'DT404', message = format('unknown proposal kind %s', p_kind), hint = 'See: dot proposal kinds';
  end if;
  perform dot.fn_command_entry_used('proposal-kinds', p_kind);
  perform dot.fn_proposal_shape(p_kind, v_kind.payload, p_payload);
  -- Once, for the payload of a revision never changes; its base is looked at again each time.
  v_function := dot.fn_proposal_function(v_kind.propose_function);
  if v_function is not null then
    execute format('select %s($1)', v_function::regproc) into v_proposed using p_payload;
    if v_proposed ->> 'refused' = 'true' then
      return v_proposed;
    end if;
    p_payload := coalesce(v_proposed -> 'payload', p_payload);
  end if;
  v_function := dot.fn_proposal_function(v_kind.validate_function);
  if v_function is not null then
    execute format('select %s($1)', v_function::regproc) into v_result using p_payload;
    if v_result ->> 'refused' = 'true' then
      return v_result;
    end if;
  end if;
  return jsonb_build_object('kind', p_kind, 'lands_in', v_kind.lands_in, 'payload', coalesce(v_result -> 'payload', p_payload),
    'base', v_result -> 'base', 'refs', coalesce(v_result -> 'refs', '[]'), 'code', dot.fn_proposal_code(p_kind, p_payload), 'risk', dot.fn_risk_here(coalesce(v_proposed ->> 'risk', v_result ->> 'risk', v_kind.risk)));
end
$$;
comment on function dot.fn_proposal_validate(text, jsonb) is
  'Whether a payload can be proposed now, and on what: {kind, lands_in, payload, base, code, refs, risk}. code is the digest of what carries it out, base is the live object that an approval is bound to, null where the kind has none; risk is what it counts for here (fn_risk_here). A refusal object where it cannot be done as things are. DT404 for an unknown kind, DT400 for a payload of another shape, and what the kind''s own function raises.';
