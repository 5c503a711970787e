do $$
declare
  v_boss text := test.login('boss', '{dot_owner,dot_admin,dot_operator,dot_reader}');
  v_ann  text := test.login('ann', '{dot_operator}');
  v_root text := test.login('root', '{dot_operator}');
  v_add  constant json := json_build_object('actor', 'ann', 'kind', 'human', 'login', v_ann, 'role', json_build_array('dot_operator'));
  v      jsonb;
begin
  -- Whoever made the platform is another.
  assert v_boss is distinct from (select r.login from dot.dot_command_run r order by r.run_id limit 1), 'the first run';
  v := test.perform('actor add', json_build_object('actor', 'boss', 'kind', 'human', 'login', v_boss, 'role', '["dot_admin", "dot_operator", "dot_reader"]'::json));
  perform test.equal(v #>> '{data,acts_as_owner}', 'true', v::text);
  perform test.equal((select count(*)::int from dot.fn_audit_finds_role_granted()), 0, 'it could act as the owner before it was anybody');
  v := test.perform('actor add', v_add);
  perform test.equal(v #>> '{data,acts_as_owner}', 'false', v::text);
  -- Later it is found, also of one who is added again, or who was off meanwhile.
  execute format('grant dot_owner to %I', v_ann);
  perform test.equal((select string_agg(object, ' ') from dot.fn_audit_finds_role_granted()), 'ann');
  v := test.perform('actor add', json_build_object('actor', 'ann', 'kind', 'human', 'login', v_ann, 'role', json_build_array('dot_reader')));
  perform test.equal(v #>> '{data,acts_as_owner}', 'false', v::text);
  perform test.perform('actor disable', '{"actor": "ann"}');
  perform test.perform('actor enable', '{"actor": "ann"}');
  v := test.perform('actor add', v_add);
  perform test.equal((select string_agg(object, ' ') from dot.fn_audit_finds_role_granted()), 'ann');
  -- What a caller says of its run is no such thing, nor is another's run.
  update dot.dot_actor set run_id = (select run_id from dot.dot_actor where actor_id = 'boss') where actor_id = 'ann';
  perform test.equal((select string_agg(object, ' ') from dot.fn_audit_finds_role_granted()), 'ann');
  perform test.numbered();
  alter table dot.dot_command_run disable trigger protect;
  update dot.dot_command_run set effects = coalesce(effects, '{}') || '{"claimed": true}' where run_id = (select run_id from dot.dot_actor where actor_id = 'boss');
  perform test.equal((select string_agg(object, ' ') from dot.fn_audit_finds_role_granted()), 'ann boss');
  -- A superuser needs no grant; what it gets before it ceases to be one is found.
  execute format('alter role %I superuser', v_root);
  v := test.perform('actor add', json_build_object('actor', 'root', 'kind', 'human', 'login', v_root, 'role', json_build_array('dot_operator')));
  execute format('alter role %I nosuperuser', v_root);
  execute format('grant dot_owner to %I', v_root);
  perform test.equal(v #>> '{data,acts_as_owner}', 'false', v::text);
  perform test.equal((select string_agg(object, ' ') from dot.fn_audit_finds_role_granted()), 'ann boss root');
end
$$;
