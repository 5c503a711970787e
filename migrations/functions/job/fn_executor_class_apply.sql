create or replace function dot.fn_executor_class_apply(p_payload jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_class  text := p_payload ->> 'class';
  v_kind   text := p_payload #>> '{entry,executor_kind}';
  v_leased boolean := v_kind <> 'person';
begin
  perform dot.fn_context_put('birth', jsonb_build_object('source', 'proposal', 'registry', 'executor-classes', 'key', v_class, 'owner', (dot.fn_actor_current()).actor_id,
    'purpose', p_payload -> 'justification', 'proposal', dot.fn_proposal_current())::text);
  insert into dot.executor_class_registry (class_code, executor_kind, mutating, is_leased, heartbeat_caller_fn, description)
  values (v_class, v_kind, (p_payload #>> '{entry,mutating}')::boolean, v_leased, case when v_leased then 'fn_job_heartbeat' end, p_payload #>> '{entry,summary}')
  on conflict do nothing;
  if not found then
    return dot.fn_command_refusal('DT409', 'class_exists', format('there is an executor class %s already', v_class), 'dot registry show executor-classes');
  end if;
  perform set_config('dot.birth', '', true);
  return jsonb_build_object('class', v_class, 'executor_kind', v_kind, 'is_leased', v_leased);
end
$$;
comment on function dot.fn_executor_class_apply(jsonb) is
  'Adds the executor class of an approved proposal, through the birth gate. Returns {class, executor_kind, is_leased}. A refusal (DT409) when it exists by now.';
