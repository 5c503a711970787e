do $$
begin
  perform test.raises('DT505', $q$select dot.fn_command_hook_run('no_such_hook', dot.fn_uuid_v7(), '{}')$q$);
  -- One that may write is not asked where nothing may be written, nor the other way round.
  perform test.raises('DT505', $q$select dot.fn_command_hook_run('no_such_hook', null, '{}')$q$);
  perform test.raises('42883', $q$select dot.fn_command_hook('carried_begins', 'a', 'b')$q$);
  perform test.equal(dot.fn_command_hook_run('carried_begins', dot.fn_uuid_v7(), '{"command": "gate set", "mode": "plan_apply"}') #>> '{refusal,reason}', 'no_proposal');
end
$$;
alter function dot.fn_proposal_run_enters(uuid, jsonb) owner to current_user;
do $$
declare
  v_id  uuid := test.gate_proposal();
  v_env jsonb := test.carrying(v_id);
begin
  perform dot.fn_command_begin('gate set', '{"gate": "test.clock", "value": "open"}', v_env);
  -- Without someone to judge it, nothing that carries a proposal goes on.
  perform test.raises('DT505', format('select dot.fn_command_perform(%L, %L, %L)', v_env ->> 'run_id', v_env, '{"gate": "test.clock", "value": "open"}'));
  assert dot.fn_catalog_check('[]') -> 'findings' @> '[{"finding": "missing_hook", "command": null}]';
end
$$;
