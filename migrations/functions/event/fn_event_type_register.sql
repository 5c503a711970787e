create or replace function dot.fn_event_type_register(
  p_type text, p_version text, p_schema text, p_summary text default null, p_mode text default null, p_owner text default null, p_owner_role text default null,
  p_producers text[] default null, p_change_policy text default null, p_formats text default null)
returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_refused jsonb := dot.fn_command_guard('event type register', jsonb_build_object('type', p_type, 'version', p_version, 'schema', p_schema, 'summary', p_summary, 'mode', p_mode,
    'owner', p_owner, 'owner-role', p_owner_role, 'producers', to_jsonb(p_producers), 'change-policy', p_change_policy, 'formats', p_formats));
  v_written jsonb;
  v_schema  jsonb;
  v_latest  dot.event_type_registry;
  v_there   dot.event_type_registry;
  v_mode    text;
  v_formats text;
  v_verdict jsonb;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  v_written := dot.fn_schema_parse(p_schema, 'the schema');
  v_schema := dot.fn_schema_usable(v_written);
  if p_version !~ '^(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})$' then
    raise exception using errcode = 'DT400', message = format('invalid version %s', p_version), hint = 'Versions are MAJOR.MINOR.PATCH, such as 1.2.0.';
  elsif p_type !~ '^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$' or length(p_type) > 200 then
    raise exception using errcode = 'DT400', message = format('invalid event type name %s', p_type), hint = 'Event types are <domain>.<noun>.<verb> in lower case, such as iu.cut.completed.';
  end if;
  select * into v_there from dot.event_type_registry t where t.entry_key = p_type || '@' || p_version;
  if found and v_there.schema_jsonb = v_schema and v_there.formats = coalesce(p_formats, v_there.formats) then
    return jsonb_build_object('type', p_type, 'version', p_version, 'key', v_there.entry_key, 'changed', false, 'compiled', v_there.validator is not null);
  elsif found then
    return dot.fn_command_answer('event type register', dot.fn_command_refusal('DT409', 'version_exists', format('%s is registered with another schema, or its formats taken otherwise, and a version never changes', v_there.entry_key), 'Register the change as a new version.',
      jsonb_build_object('type', p_type, 'version', p_version)));
  end if;
  -- What is not said is as in the version before.
  select * into v_latest from dot.event_type_registry t where t.event_type = p_type order by string_to_array(t.schema_version, '.')::int[] desc limit 1;
  v_mode := coalesce(p_mode, nullif(v_latest.compat_mode, 'breaking_with_policy'), 'forward');
  v_formats := coalesce(p_formats, v_latest.formats, 'annotate');
  v_verdict := dot.fn_event_type_judge(p_type, p_version, v_schema, v_mode, p_change_policy, p_formats => v_formats);
  if not (v_verdict ->> 'ok')::boolean then
    return dot.fn_command_answer('event type register', dot.fn_command_refusal('DT409', v_verdict ->> 'reason', format('%s %s may not be registered: %s', p_type, p_version, v_verdict ->> 'says'),
      case when v_verdict ->> 'needs' = 'major' and v_verdict ->> 'claims' = 'major'
        then format('Propose the break: dot registry propose schema-change-policies CODE --entry JSON --owner WHO --purpose TEXT; the entry has event_type, from_schema_version, to_schema_version, dual_write_window, migration_plan_text and cutover_at. Once approved, --mode breaking_with_policy --change-policy CODE')
        else 'Claim the level that the change needs, or change the schema: the differences carry a witness each.' end,
      v_verdict - 'reserved' - 'reason' - 'ok' || jsonb_build_object('type', p_type, 'version', p_version)));
  end if;
  perform dot.fn_context_put('birth', '{"source": "command"}');
  insert into dot.event_type_registry (entry_key, event_type, schema_version, domain_code, schema_jsonb, compat_mode, change_policy, owner_role, owner, producer_class_allowed, summary, aliases, formats, fingerprint)
  values (p_type || '@' || p_version, p_type, p_version, split_part(p_type, '.', 1), v_written, v_mode, p_change_policy, coalesce(p_owner_role, v_latest.owner_role, 'dot_operator'),
          coalesce(p_owner, v_latest.owner, (dot.fn_actor_current()).actor_id), coalesce(p_producers, v_latest.producer_class_allowed, '{human,agent,ci,service}'),
          coalesce(p_summary, v_latest.summary, v_schema ->> 'title', p_type), coalesce(v_latest.aliases, '{}'), v_formats, '')
  returning * into v_there;
  perform dot.fn_command_warn(format('%s: %s', o.at, o.message)) from dot.fn_schema_outdated(v_written) o limit 5;
  perform set_config('dot.birth', '', true);
  return jsonb_build_object('type', p_type, 'version', p_version, 'key', v_there.entry_key, 'changed', true, 'mode', v_mode, 'formats', v_formats, 'compiled', v_there.validator is not null,
    'level', v_verdict -> 'needs', 'follows', v_verdict -> 'latest');
end
$$;
comment on function dot.fn_event_type_register(text, text, text, text, text, text, text, text[], text, text) is
  'Registers a version of an event type. p_schema: JSON Schema text, of Draft 2020-12 or one that fn_schema_modern knows; what else is null is as in the version before (forward, formats annotated, dot_operator, the actor, all producers at first). Returns {type, version, key, changed, mode, formats, compiled, level, follows}; the same again changes nothing. Refusals DT409: version_exists, version_not_newer, schema_incompatible with the verdict and its witnesses. DT400 for a schema or name that cannot be used, DT404 for an unknown domain.';
