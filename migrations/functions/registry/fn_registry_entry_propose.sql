create or replace function dot.fn_registry_entry_propose(p_payload jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_valid jsonb := dot.fn_registry_entry_validate(p_payload);
begin
  if v_valid ? 'refused' then
    return v_valid;
  end if;
  perform dot.fn_context_put('applies', '00000000-0000-0000-0000-000000000000');
  perform dot.fn_registry_apply(p_payload);
  raise exception using errcode = 'DT001';
exception
  -- All of it is taken back, the setting too. (A code that ends in 000 would stand for its whole class.)
  when sqlstate 'DT001' then
    return null;
  when integrity_constraint_violation or data_exception or syntax_error_or_access_rule_violation then
    raise exception using errcode = 'DT400', message = format('%s cannot be an entry of registry %s: %s', p_payload ->> 'key', p_payload ->> 'registry', sqlerrm),
      hint = format('Look at those that are there: dot registry show %s -o json', p_payload ->> 'registry');
end
$$;
comment on function dot.fn_registry_entry_propose(jsonb) is
  'Writes an entry {registry, key, entry, owner, purpose} and takes it back, to know now what its table, its domain and the birth gate would say: DT400 with what the table says, or what the domain raises. A refusal of fn_registry_entry_validate comes first. Returns null otherwise.';
