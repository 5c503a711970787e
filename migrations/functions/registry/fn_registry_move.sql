create or replace function dot.fn_registry_move(p_registry text, p_key text, p_to text, p_why text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_registry dot.registry_catalog;
  v_required jsonb := dot.fn_registry_require(p_registry);
  v_birth    dot.registry_birth;
  v_word     text;
begin
  if v_required ? 'refused' then
    return v_required;
  end if;
  if v_required ? 'read_only' then
    return dot.fn_command_refusal('DT409', 'registry_adapted', format('registry %s is another table, which shape adapter %s shows', p_registry, v_required ->> 'adapter'),
      'Its entries change where that table is kept.', jsonb_build_object('registry', p_registry));
  end if;
  if coalesce(trim(p_why), '') = '' then
    raise exception using errcode = 'DT400', message = 'the reason must not be empty', hint = 'Say why: --why TEXT';
  end if;
  select * into v_registry from dot.registry_catalog where registry_code = p_registry;
  if v_registry.key_column is null then
    return dot.fn_command_refusal('DT409', 'other_commands', format('entries of registry %s have commands of their own', p_registry),
      'Policies change by proposals: dot proposal submit --kind policy_change', jsonb_build_object('registry', p_registry));
  end if;
  select * into v_birth from dot.registry_birth where registry_code = p_registry and entry_key = p_key for update;
  if not found then
    raise exception using errcode = 'DT404', message = format('registry %s has no entry %s', p_registry, p_key), hint = format('dot registry show %s', p_registry);
  end if;
  if p_to = 'deprecated' and v_birth.lifecycle = 'archived' then
    return dot.fn_command_refusal('DT409', 'archived', format('%s of registry %s is archived, and refused already', p_key, p_registry),
      format('To bring it back: dot registry reinstate %s %s --why WHY', p_registry, p_key), jsonb_build_object('registry', p_registry, 'key', p_key));
  end if;
  -- An undo takes back its run, and not what others have decided since.
  if exists (
    select 1 from dot.dot_command_run r where r.run_id = dot.fn_run_current() and r.undo_of is not null and r.undo_of is distinct from v_birth.run_id)
  then
    return dot.fn_command_refusal('DT409', 'moved_since', format('%s of registry %s was moved again since that run', p_key, p_registry),
      format('dot registry show %s %s', p_registry, p_key), jsonb_build_object('registry', p_registry, 'key', p_key, 'lifecycle', v_birth.lifecycle));
  end if;
  if p_to = 'archived' and v_registry.birth = array['catalog'] then
    return dot.fn_command_refusal('DT409', 'belongs_to_its_file', format('entries of registry %s are retired by taking their file away', p_registry),
      'The program needs what its files declare. To warn of it: dot registry deprecate; to stop a command: its gate, or its roles.',
      jsonb_build_object('registry', p_registry, 'key', p_key));
  end if;
  if v_birth.lifecycle <> p_to then
    update dot.registry_birth set lifecycle = p_to, reason = p_why, changed_at = dot.fn_clock_now(), run_id = dot.fn_run_current()
     where registry_code = p_registry and entry_key = p_key;
    -- Each domain refuses an entry whose own status says so; a table that does not know the word deprecated keeps its entry
    -- active, and fn_registry_used warns all the same.
    v_word := case
      when v_registry.archived_word is null then null
      when p_to = 'archived' then v_registry.archived_word
      when p_to = 'deprecated' and exists (
        select 1 from pg_constraint c
         where c.conrelid = to_regclass(format('dot.%I', v_registry.table_name)) and c.contype = 'c' and pg_get_constraintdef(c.oid) like '%''deprecated''%')
        then 'deprecated'
      else 'active' end;
    if v_word is not null then
      perform dot.fn_context_put('birth', jsonb_build_object('source', 'command', 'registry', p_registry)::text);
      execute format('update dot.%I set status = $1 where %I::text = $2', v_registry.table_name, v_registry.key_column) using v_word, p_key;
      perform set_config('dot.birth', '', true);
    end if;
  end if;
  return jsonb_build_object('registry', p_registry, 'key', p_key, 'lifecycle', p_to, 'former', v_birth.lifecycle, 'changed', v_birth.lifecycle <> p_to,
    -- The other way leads back only where it came from: reinstating makes active, and is taken back by deprecating.
    'inverse', case when (v_birth.lifecycle, p_to) in (('active', 'deprecated'), ('active', 'archived'), ('deprecated', 'active'))
      then jsonb_build_object('registry', p_registry, 'key', p_key, 'why', 'undone') end);
end
$$;
comment on function dot.fn_registry_move(text, text, text, text) is
  'Moves an entry of a registry along its life: active, deprecated (still served, with a warning) or archived (refused by the domain it belongs to). Called by fn_registry_deprecate, _archive and _reinstate.';
