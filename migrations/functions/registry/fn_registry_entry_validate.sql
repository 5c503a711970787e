create or replace function dot.fn_registry_entry_validate(p_payload jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_code     text := p_payload ->> 'registry';
  v_key      text := p_payload ->> 'key';
  v_registry dot.registry_catalog;
  v_required jsonb := dot.fn_registry_require(v_code);
  v_unknown  text;
  v_now      jsonb;
begin
  if v_required ? 'refused' then
    return v_required;
  end if;
  if v_required ? 'read_only' then
    return dot.fn_command_refusal('DT409', 'registry_adapted', format('registry %s is another table, which shape adapter %s shows', v_code, v_required ->> 'adapter'),
      'Its entries change where that table is kept.', jsonb_build_object('registry', v_code));
  end if;
  select * into v_registry from dot.registry_catalog where registry_code = v_code;
  if not v_registry.open or v_registry.key_column is null then
    return dot.fn_command_refusal('DT409', 'registry_closed', format('entries of %s are not proposed', v_code),
      'They come from the files of catalog/ and from commands: dot registry list says which registries are open.', jsonb_build_object('registry', v_code));
  end if;
  if coalesce(trim(v_key), '') = '' or coalesce(trim(p_payload ->> 'owner'), '') = '' or coalesce(trim(p_payload ->> 'purpose'), '') = '' then
    raise exception using errcode = 'DT400', message = 'an entry needs a key, an owner and a purpose', hint = 'The birth gate keeps them with it.';
  end if;
  if p_payload #>> array['entry', v_registry.key_column] is distinct from null and p_payload #>> array['entry', v_registry.key_column] <> v_key then
    raise exception using errcode = 'DT400', message = format('the entry says it is %s, not %s', p_payload #>> array['entry', v_registry.key_column], v_key);
  end if;
  select string_agg(c, ', ') into v_unknown from jsonb_object_keys(p_payload -> 'entry') c
   where not exists (select 1 from pg_attribute a where a.attrelid = to_regclass('dot.' || quote_ident(v_registry.table_name)) and a.attname = c and a.attnum > 0 and not a.attisdropped);
  if v_unknown is not null then
    raise exception using errcode = 'DT400', message = format('registry %s has no column %s', v_code, v_unknown),
      hint = format('Its columns: %s', (select string_agg(k, ', ') from jsonb_object_keys(v_registry.columns) k));
  end if;
  if p_payload -> 'entry' ?| '{approval_id,view_digest}' then
    raise exception using errcode = 'DT400', message = 'what was approved and what came of it are not proposed', hint = 'Leave approval_id and view_digest out: they are filled in.';
  end if;
  if p_payload -> 'entry' ? 'status' then
    raise exception using errcode = 'DT400', message = 'how far the life of an entry has come is not proposed', hint = 'dot registry deprecate, archive or reinstate';
  end if;
  if exists (select 1 from dot.registry_birth b where b.registry_code = v_code and b.entry_key = v_key and b.lifecycle = 'archived') then
    return dot.fn_command_refusal('DT409', 'entry_archived', format('%s of registry %s is archived', v_key, v_code), format('dot registry reinstate %s %s --why WHY', v_code, v_key),
      jsonb_build_object('registry', v_code, 'key', v_key));
  end if;
  v_now := dot.fn_registry_entry_now(v_code, v_key);
  if v_now is not null and v_registry.compat = 'versioned' then
    return dot.fn_command_refusal('DT409', 'entry_versioned', format('%s of registry %s never changes', v_key, v_code), 'Propose a version of its own.',
      jsonb_build_object('registry', v_code, 'key', v_key));
  end if;
  return jsonb_build_object('base', v_now,
    'refs', jsonb_build_array(jsonb_build_object('registry', v_code, 'key', v_key)));
end
$$;
comment on function dot.fn_registry_entry_validate(jsonb) is
  'Whether an entry of a registry may become what the payload says {registry, key, entry, owner, purpose}: {base: the entry as it is, or null, refs}. Refusals DT409 where the registry takes no proposals, is not as expected, or has the entry in this version already. DT404 for an unknown registry, DT400 without key, owner or purpose, and for unknown columns.';
