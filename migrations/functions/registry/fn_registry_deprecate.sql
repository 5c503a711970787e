create or replace function dot.fn_registry_deprecate(p_registry text, p_key text, p_why text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('registry deprecate', jsonb_build_object('registry', p_registry, 'key', p_key, 'why', p_why));
begin
  if v_refused is not null then
    return v_refused;
  end if;
  return dot.fn_command_answer('registry deprecate', dot.fn_registry_move(p_registry, p_key, 'deprecated', p_why));
end
$$;
comment on function dot.fn_registry_deprecate(text, text, text) is
  'Makes an entry of a registry deprecated. Returns {registry, key, lifecycle, former, changed, inverse}. Refusal DT409 when the registry is not as expected. DT404 for an unknown registry or entry, DT400 without a reason.';
