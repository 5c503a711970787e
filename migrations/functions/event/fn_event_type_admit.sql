create or replace function dot.fn_event_type_admit() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_verdict jsonb;
  v_schema  jsonb;
begin
  if tg_op = 'UPDATE' then
    if (new.entry_key, new.event_type, new.schema_version, new.domain_code, new.schema_jsonb, new.schema_original, new.compat_mode, new.change_policy, new.formats, new.fingerprint)
      is distinct from (old.entry_key, old.event_type, old.schema_version, old.domain_code, old.schema_jsonb, old.schema_original, old.compat_mode, old.change_policy, old.formats, old.fingerprint)
    then
      raise exception using errcode = 'DT409', message = format('%s is registered, and a version of a schema never changes', old.entry_key), hint = 'Register the change as a new version.';
    end if;
    -- One that was left without its compiled function gets it back.
    v_schema := dot.fn_schema_asserting(new.schema_jsonb, new.formats);
    new.validator := coalesce(new.validator, dot.fn_schema_compile(dot.fn_schema_closed(v_schema), null, dot.fn_schema_closing(v_schema)));
    return new;
  end if;
  new.entry_key := coalesce(new.entry_key, new.event_type || '@' || new.schema_version);
  new.domain_code := split_part(new.event_type, '.', 1);
  if not exists (select 1 from dot.event_domain_registry d where d.domain_code = new.domain_code and d.status <> 'archived') then
    raise exception using errcode = 'DT404', message = format('the domain of event type %s is not registered', new.event_type),
      hint = format('The first word is one of: %s', (select string_agg(d.domain_code, ', ' order by 1) from dot.event_domain_registry d where d.status <> 'archived'));
  end if;
  perform dot.fn_registry_used('event-domains', new.domain_code);
  new.schema_original := case when dot.fn_schema_draft(new.schema_jsonb ->> '$schema') <> '2020-12' then new.schema_jsonb end;
  new.schema_jsonb := dot.fn_schema_usable(new.schema_jsonb, 'the schema of ' || new.entry_key);
  new.fingerprint := encode(sha256(convert_to(new.schema_jsonb::text, 'UTF8')), 'hex');
  -- One at a time for each type, or two could each follow the same version.
  perform dot.fn_lock_take('event type', new.event_type);
  if exists (select 1 from dot.event_type_registry t where t.entry_key = new.entry_key) then
    -- An upsert of what is there: the update says what differs.
    return new;
  end if;
  v_verdict := dot.fn_event_type_judge(new.event_type, new.schema_version, new.schema_jsonb, new.compat_mode, new.change_policy, p_formats => new.formats);
  if not (v_verdict ->> 'ok')::boolean then
    raise exception using errcode = 'DT409', message = format('%s may not be registered: %s', new.entry_key, v_verdict ->> 'says'), detail = (v_verdict - 'reserved')::text,
      hint = 'dot schema compat check shows the witness of each difference.';
  end if;
  new.reserved := v_verdict -> 'reserved';
  v_schema := dot.fn_schema_asserting(new.schema_jsonb, new.formats);
  new.validator := dot.fn_schema_compile(dot.fn_schema_closed(v_schema), null, dot.fn_schema_closing(v_schema));
  new.run_id := dot.fn_run_current();
  return new;
end
$$;
comment on function dot.fn_event_type_admit() is
  'Trigger on event_type_registry, whoever writes: a schema must be one, in a known domain, and follow the versions before it (fn_event_type_judge); it is compiled as writers are held to it (fn_schema_closed, fn_schema_closing, fn_schema_asserting), and from then on its version never changes. DT400 for a schema that cannot be used, DT404 for an unknown domain, DT409 for a version that may not follow and a change of what is registered.';
create or replace trigger admit before insert or update on dot.event_type_registry for each row execute function dot.fn_event_type_admit();
alter table dot.event_type_registry enable always trigger admit;
