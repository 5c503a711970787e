create or replace function dot.fn_registry_birth() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_row   jsonb := to_jsonb(new);
  v_key   text := v_row ->> tg_argv[1];
  v_claim jsonb := dot.fn_context_get('birth')::jsonb;
  v_life  text;
  v_registry dot.registry_catalog;
  v_problem  text;
begin
  select * into v_registry from dot.registry_catalog where registry_code = tg_argv[0];
  if v_registry.validate_function is not null and (tg_op = 'INSERT' or new is distinct from old) then
    execute format('select dot.%I($1)', v_registry.validate_function) into v_problem using v_row;
    if v_problem is not null then
      raise exception using errcode = 'DT400', message = format('%s of registry %s cannot be so: %s', v_key, tg_argv[0], v_problem), hint = 'dot registry show ' || tg_argv[0];
    end if;
  end if;
  select lifecycle into v_life from dot.registry_birth where registry_code = tg_argv[0] and entry_key = v_key;
  if found then
    -- The catalogue does not bring back what was deprecated or archived.
    if v_life <> 'active' and tg_op = 'UPDATE' and v_row ->> 'status' = 'active' and to_jsonb(old) ->> 'status' <> 'paused'
      and v_claim ->> 'registry' is distinct from tg_argv[0]
    then
      new := jsonb_populate_record(new, jsonb_build_object('status', to_jsonb(old) -> 'status'));
    end if;
    return new;
  end if;
  if v_claim is null
    or (v_claim ->> 'source' = 'proposal' and (v_claim ->> 'registry' is distinct from tg_argv[0] or v_claim ->> 'key' is distinct from v_key))
  then
    raise exception using errcode = 'DT428', message = format('entry %s of registry %s has no birth: owner, purpose, source and approval are unknown', v_key, tg_argv[0]),
      hint = format('Propose it: dot registry propose %s %s --entry JSON --owner WHO --purpose TEXT', tg_argv[0], v_key);
  end if;
  if v_registry.registry_code is not null and v_claim ->> 'source' <> all (v_registry.birth) then
    raise exception using errcode = 'DT428', message = format('no entry of registry %s is born of a %s', tg_argv[0], v_claim ->> 'source'),
      hint = format('It may be born of: %s.', array_to_string(v_registry.birth, ', '));
  end if;
  insert into dot.registry_birth (registry_code, entry_key, owner, purpose, source, proposal_id, born_at, born_by, changed_at, run_id)
  values (tg_argv[0], v_key, coalesce(v_claim ->> 'owner', nullif(v_row ->> 'owner', ''), 'platform'),
          coalesce(v_claim ->> 'purpose', nullif(v_row ->> 'summary', ''), nullif(v_row ->> 'description', ''), nullif(v_row ->> 'title', ''), v_key),
          v_claim ->> 'source', (v_claim ->> 'proposal')::uuid, dot.fn_clock_now(), (dot.fn_actor_current()).actor_id, dot.fn_clock_now(),
          dot.fn_run_current())
  -- Two that bring the same entry at once: the second waits here, and finds the entry itself written.
  on conflict (registry_code, entry_key) do nothing;
  return new;
end
$$;
comment on function dot.fn_registry_birth() is
  'The birth gate, a trigger that fn_registry_guard gives the table of each registry. Arguments: registry, key column. An entry is born of the catalogue, of a command or of an approved proposal, as the setting dot.birth of the transaction says {source, registry, key, owner, purpose, proposal}; DT428 for any other, and for a source that the registry does not take; DT400 where the validate function of the registry says what is wrong with it. What was deprecated or archived stays so when the catalogue is synced.';
