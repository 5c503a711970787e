create or replace function dot.fn_actor_roles(p_kind text, p_roles text[] default null) returns text[]
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_known constant text[] := array['dot_reader', 'dot_operator', 'dot_reviewer', 'dot_worker', 'dot_agent', 'dot_admin', 'dot_breakglass', 'dot_gateway'];
  v_roles text[];
begin
  v_roles := coalesce(p_roles, case p_kind
    when 'human' then array['dot_operator'] when 'agent' then array['dot_agent'] when 'ci' then array['dot_operator'] when 'service' then array['dot_worker'] end);
  if v_roles is null or p_kind is null or p_kind not in ('human', 'agent', 'ci', 'service') then
    raise exception using errcode = 'DT400', message = format('unknown actor kind %L', p_kind), hint = 'Kinds: human, agent, ci, service.';
  end if;
  if not v_roles <@ v_known or cardinality(v_roles) = 0 then
    raise exception using errcode = 'DT400', message = format('unknown role among %s', array_to_string(v_roles, ', ')),
      hint = 'Roles: ' || array_to_string(v_known, ', ');
  end if;
  if (p_kind = 'agent') <> ('dot_agent' = any (v_roles)) or (p_kind <> 'human' and v_roles && array['dot_reviewer', 'dot_breakglass'])
    or (p_kind <> 'service' and 'dot_gateway' = any (v_roles))
  then
    raise exception using errcode = 'DT400', message = format('an actor of kind %s cannot have the roles %s', p_kind, array_to_string(v_roles, ', ')),
      hint = 'Agents have dot_agent and nobody else has it; only people review and declare emergencies; only a service is a gateway.';
  end if;
  return v_roles;
end
$$;
comment on function dot.fn_actor_roles(text, text[]) is
  'The dot roles of an actor: as asked, or by kind (human and ci dot_operator, agent dot_agent, service dot_worker). DT400 for an unknown kind or role and for roles that the kind cannot have.';
