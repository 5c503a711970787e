create or replace function dot.fn_event_type_judge(p_event_type text, p_version text, p_schema jsonb, p_mode text, p_change_policy text default null, p_transitive boolean default false, p_formats text default 'annotate') returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_latest  dot.event_type_registry;
  v_other   dot.event_type_registry;
  v_compat  jsonb;
  v_others  jsonb := '[]'::jsonb;
  v_back    jsonb;
  v_claim   text;
  v_level   text;
  v_from    int[];
  v_to      int[] := string_to_array(p_version, '.')::int[];
  v_policy  dot.schema_change_policy;
  v_says    text;
  v_schema  jsonb := dot.fn_schema_asserting(p_schema, p_formats);
begin
  select * into v_latest from dot.event_type_registry t where t.event_type = p_event_type order by string_to_array(t.schema_version, '.')::int[] desc limit 1;
  if not found then
    return jsonb_build_object('ok', true, 'first', true, 'reserved', '{}'::jsonb);
  end if;
  v_from := string_to_array(v_latest.schema_version, '.')::int[];
  if v_to <= v_from then
    return jsonb_build_object('ok', false, 'reason', 'version_not_newer', 'says', format('version %s does not come after %s', p_version, v_latest.schema_version), 'latest', v_latest.schema_version);
  end if;
  v_claim := case when v_to[1] > v_from[1] then 'major' when v_to[2] > v_from[2] then 'minor' else 'patch' end;
  v_compat := dot.fn_event_schema_compat(dot.fn_schema_asserting(v_latest.schema_jsonb, v_latest.formats), v_schema, p_mode);
  v_level := v_compat ->> 'level';
  -- A name that was removed comes back only as what it was.
  select jsonb_agg(jsonb_build_object('place', m.place, 'name', m.name, 'was', v_latest.reserved -> m.place -> m.name, 'is', m.schema)) into v_back
    from dot.fn_schema_members(p_schema) m
   where v_latest.reserved -> m.place ? m.name
     and dot.fn_schema_bare(v_latest.reserved -> m.place -> m.name) <> dot.fn_schema_bare(m.schema)
     and not (dot.fn_schema_type_names(v_latest.reserved -> m.place -> m.name) @> dot.fn_schema_type_names(m.schema)
              and dot.fn_schema_type_names(m.schema) @> dot.fn_schema_type_names(v_latest.reserved -> m.place -> m.name));
  -- What was stored under older versions is still read: each of the same major version that is not archived counts too.
  for v_other in
    select * from dot.event_type_registry t
     where t.event_type = p_event_type and t.status <> 'archived' and t.entry_key <> v_latest.entry_key
       and (p_transitive or string_to_array(t.schema_version, '.')::int[] >= array[v_to[1], 0, 0])
     order by string_to_array(t.schema_version, '.')::int[] desc
  loop
    v_others := v_others || jsonb_build_array(jsonb_build_object('version', v_other.schema_version) || dot.fn_event_schema_compat(dot.fn_schema_asserting(v_other.schema_jsonb, v_other.formats), v_schema, p_mode));
  end loop;
  if v_back is not null or exists (select 1 from jsonb_array_elements(v_others) o where not (o ->> 'ok')::boolean) then
    v_level := 'major';
  end if;
  if p_change_policy is not null then
    select * into v_policy from dot.schema_change_policy c
     where c.schema_change_policy_id = p_change_policy and c.event_type = p_event_type and c.to_schema_version = p_version
       and coalesce(c.from_schema_version, v_latest.schema_version) = v_latest.schema_version and c.status <> 'archived';
    perform dot.fn_registry_used('schema-change-policies', v_policy.schema_change_policy_id);
  end if;
  v_says := case
    when v_level = 'major' and v_claim <> 'major' then format('it needs a major version after %s, and %s claims a %s one', v_latest.schema_version, p_version, v_claim)
    when v_level = 'minor' and v_claim = 'patch' then format('it needs a minor version after %s, and %s claims a patch', v_latest.schema_version, p_version)
    when v_level = 'major' and p_mode <> 'breaking_with_policy' then format('it breaks mode %s; only breaking_with_policy may', p_mode)
    when v_level = 'major' and v_policy.schema_change_policy_id is null then format('it breaks what is there, and no approved change policy is for %s %s', p_event_type, p_version) end;
  return jsonb_build_object('ok', v_says is null, 'reason', case when v_says is not null then 'schema_incompatible' end, 'says', v_says, 'latest', v_latest.schema_version,
    'claims', v_claim, 'needs', v_level, 'compat', v_compat, 'others', v_others, 'reserved_names', coalesce(v_back, '[]'),
    'reserved', dot.fn_event_type_reserved(v_latest.reserved, v_latest.schema_jsonb, p_schema));
end
$$;
comment on function dot.fn_event_type_judge(text, text, jsonb, text, text, boolean, text) is
  'Whether a schema may become a version of an event type: {ok, reason, says, latest, claims, needs: the semver levels, compat: fn_event_schema_compat against the latest, others: against older versions not archived (of the same major version, or all with p_transitive), reserved_names: names that come back as something else, reserved}. The first version may be anything. A breaking change needs mode breaking_with_policy, a major version and a change policy that names it. p_formats: how the new version takes formats, annotate or assert; each older one is read as it took them.';
