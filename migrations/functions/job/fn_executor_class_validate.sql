create or replace function dot.fn_executor_class_validate(p_payload jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_class text := p_payload ->> 'class';
  v_entry jsonb := p_payload -> 'entry';
begin
  if v_class !~ '^[a-z][a-z0-9_]*$' then
    raise exception using errcode = 'DT400', message = format('invalid executor class name %L', v_class), hint = 'Lower-case letters, digits and underscores.';
  end if;
  if v_entry - array['executor_kind', 'mutating', 'summary'] <> '{}'
    or coalesce(v_entry ->> 'executor_kind', '') not in ('program', 'network', 'person')
    or jsonb_typeof(v_entry -> 'mutating') is distinct from 'boolean' or coalesce(trim(v_entry ->> 'summary'), '') = ''
  then
    raise exception using errcode = 'DT400', message = 'invalid executor class',
      hint = '{"executor_kind": "program", "network" or "person", "mutating": true or false, "summary": "what for"}';
  end if;
  if exists (select 1 from dot.executor_class_registry c where c.class_code = v_class) then
    return dot.fn_command_refusal('DT409', 'class_exists', format('there is an executor class %s already', v_class), 'dot registry show executor-classes',
      jsonb_build_object('class', v_class));
  end if;
  return jsonb_build_object('base', null, 'refs', jsonb_build_array(jsonb_build_object('registry', 'executor-classes', 'key', v_class)));
end
$$;
comment on function dot.fn_executor_class_validate(jsonb) is
  'Whether an executor class {class, entry: {executor_kind, mutating, summary}, justification} may be added: {base, refs}. Its jobs are carried out as those of its kind are: program, a declared local program; network, a request; person, by nobody but a person. A refusal (DT409) when it exists; DT400 for what is none.';
