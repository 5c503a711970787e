create role r_adm login in role dot_admin;
create function test.given(p_change jsonb default '{}') returns jsonb language sql security definer set search_path = dot, test, pg_temp as $$
  select jsonb_agg(jsonb_build_object('spec', k.spec || case k.command_code when 'iu split' then p_change else '{}' end, 'digest', k.spec_digest, 'source', k.source))
    from dot.dot_command_catalog k where k.status <> 'retired'
$$;
create function test.sync(p_commands jsonb, p_content jsonb default '{}') returns jsonb language sql security definer set search_path = dot, test, pg_temp as $$
  select dot.fn_catalog_sync_refusal(p_commands, p_content)
$$;
grant usage on schema test to r_adm;
set local session authorization r_adm;
do $$
declare
  v_extra constant jsonb := '{"source": "directory", "digest": "d", "spec": {"code": "team x", "summary": "s", "function": "fn_policy_change_apply", "mutating": true, "risk": "low"}}';
begin
  assert test.sync(test.given()) is null, 'as it is it may be said: ' || test.sync(test.given())::text;
  -- The approval taken off under the old digest; another function; all retired; one of the program's said to be a team's.
  perform test.refused(test.sync(test.given('{"approval": null}')), 'shipped_command');
  perform test.refused(test.sync(test.given('{"function": "fn_gate_write"}')), 'shipped_command');
  perform test.refused(test.sync('[]'), 'shipped_command');
  perform test.refused(test.sync((select jsonb_agg(c || '{"source": "directory"}') from jsonb_array_elements(test.given()) c)), 'inner_function');
  -- A command of a team names what is a team's, or what everyone may call anyway, and is looked at first.
  perform test.refused(test.sync(test.given() || v_extra), 'inner_function');
  perform test.refused(test.sync(test.given() || jsonb_set(v_extra, '{spec,function}', '"team.fn_x"')), 'approval_required');
  perform test.refused(test.sync(test.given() || jsonb_set(v_extra, '{spec,function}', '"fn_gate_list"')), 'approval_required');
  perform test.refused(test.sync(test.given(), '{"proposal_kinds": {"iu_split": {"summary": "x", "validate": "fn_policy_change_apply"}}}'), 'shipped_content');
end
$$;
reset session authorization;
do $$
begin
  assert test.sync(test.given('{"approval": null}')) is null, 'who may act as the owner brings what the program ships';
end
$$;
