create or replace function dot.fn_proposal_code(p_kind text, p_payload jsonb) returns text
language sql stable security definer set search_path = dot, pg_temp
as $$
  select dot.fn_command_code_digest(array_remove(
           array[k.apply_function, k.validate_function, k.lock_function, (select c.pg_function from dot.dot_command_catalog c where k.kind_code = 'command_run' and c.command_code = p_payload ->> 'command')], null))
    from dot.proposal_kind k where k.kind_code = p_kind
$$;
comment on function dot.fn_proposal_code(text, jsonb) is
  'The digest of the code that carries out a proposal of this kind and payload: its kind''s functions, or that of the proposed command, with all that they call.';
