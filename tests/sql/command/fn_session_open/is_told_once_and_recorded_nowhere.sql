do $$
declare
  v_ann   text := test.actor('ann', 'human', '{dot_operator}');
  v_env   jsonb := jsonb_build_object('run_id', dot.fn_uuid_v7(), 'mode', 'run', 'client', '{"host": "desk"}'::jsonb);
  v       jsonb;
  v_token text;
  v_found text;
begin
  execute format('set local session authorization %I', v_ann);
  v := dot.fn_command_begin('session open', '{"minutes": 30}', v_env);
  v := dot.fn_command_perform((v_env ->> 'run_id')::uuid, v_env, '{"minutes": 30}');
  set local session authorization default;
  v_token := v #>> '{once,token}';
  assert v_token ~ '^[0-9a-f]{64}$', 'the caller is told: ' || v::text;
  assert not v -> 'data' ? 'once' and v #>> '{data,actor}' = 'ann', v::text;
  assert (test.run((v_env ->> 'run_id')::uuid)).outcome ->> 'session' = v #>> '{data,session}', 'recorded but for that';
  assert (select s.client ->> 'host' = 'desk' and s.run_id::text = v_env ->> 'run_id' and s.token_sha256 = sha256(convert_to(v_token, 'UTF8'))
                 and s.expires_at = s.opened_at + interval '30 minutes'
            from dot.dot_session s where s.session_id::text = v #>> '{data,session}'), 'kept by its digest';
  -- Nowhere in the platform, the audit included.
  select string_agg(c.oid::regclass::text, ', ') into v_found
    from pg_class c
   where c.relnamespace = 'dot'::regnamespace and c.relkind = 'r'
     and query_to_xml(format('select 1 from %s t where position(%L in t::text) > 0', c.oid::regclass, v_token), false, true, '')::text like '%row%';
  perform test.equal(v_found, null::text, 'the token stands in');
  -- A rehearsal opens nothing and tells nothing.
  v_env := v_env || jsonb_build_object('run_id', dot.fn_uuid_v7(), 'mode', 'dry_run');
  execute format('set local session authorization %I', v_ann);
  perform dot.fn_command_begin('session open', '{}', v_env);
  v := dot.fn_command_perform((v_env ->> 'run_id')::uuid, v_env, '{}');
  set local session authorization default;
  assert v::text not like '%token"%' and v #>> '{data,actor}' = 'ann', v::text;
  perform test.equal((select count(*) from dot.dot_session), 1::bigint);
end
$$;
