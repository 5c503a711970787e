create role r_adm login in role dot_admin;
create function test.declared(p_change jsonb) returns jsonb language sql security definer set search_path = dot, test, pg_temp as $$
  select jsonb_build_object('registries', jsonb_object_agg(r.registry_code, jsonb_strip_nulls(
           (select jsonb_object_agg(c, to_jsonb(r) -> c) from unnest(s.owned) c) || case r.registry_code when 'settings' then p_change else '{}' end)))
    from dot.registry_catalog r, dot.registry_catalog s where s.registry_code = 'registries'
$$;
create function test.commands() returns jsonb language sql security definer set search_path = dot, pg_temp as $$
  select jsonb_agg(jsonb_build_object('spec', k.spec, 'digest', k.spec_digest, 'source', k.source)) from dot.dot_command_catalog k where k.status <> 'retired'
$$;
grant usage on schema test to r_adm;
set local session authorization r_adm;
do $$
declare
  v_commands jsonb := test.commands();
begin
  begin
    perform dot.fn_catalog_sync(v_commands, test.declared('{"owned": ["value_type", "default_value", "summary", "owner", "risk", "value"], "derived": []}'));
    raise 'another declaration was taken';
  exception when sqlstate 'DT403' then
    assert sqlerrm = 'the declarations of settings are not those of this database', sqlerrm;
  end;
  begin
    perform dot.fn_catalog_sync(v_commands, jsonb_set(test.declared('{}'), '{registries,wild}', '{"table_name": "dot_config", "phase": "live", "summary": "x", "columns": {}, "birth": ["catalog"]}'));
    raise 'another registry was taken';
  exception when sqlstate 'DT403' then null;
  end;
  -- As they are they may be said.
  assert dot.fn_catalog_sync(v_commands, test.declared('{}')) ? 'fingerprint';
end
$$;
reset session authorization;
