create or replace function dot.fn_event_type_archive(p_type text, p_version text, p_why text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('event type archive', jsonb_build_object('type', p_type, 'version', p_version, 'why', p_why));
begin
  if v_refused is not null then
    return v_refused;
  end if;
  return dot.fn_command_answer('event type archive', dot.fn_registry_move('event-types', p_type || '@' || p_version, 'archived', p_why) || jsonb_build_object('type', p_type, 'version', p_version));
end
$$;
comment on function dot.fn_event_type_archive(text, text, text) is
  'Takes a version of an event type out of use: nothing is emitted under it from now on. Returns {type, version, registry, key, lifecycle, former, changed, inverse}. DT404 for an unknown version, DT400 without a reason.';
