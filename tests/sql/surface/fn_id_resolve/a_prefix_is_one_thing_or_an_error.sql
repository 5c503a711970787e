do $$
declare
  v_kind text;
begin
  insert into dot.dot_command_run (run_id, command_code, mode, state, args, args_digest, actor, actor_kind, actor_verified, finished_at)
  select i::uuid, 'gate list', 'run', 'succeeded', '{}', '', 'x', 'human', false, now()
    from unnest(array['abcd0000-0000-7000-8000-000000000001', 'abcd0000-0000-7000-8000-000000000002', 'abce0000-0000-7000-8000-000000000001']) i;
  perform test.equal(dot.fn_id_resolve('run', 'abce')::text, 'abce0000-0000-7000-8000-000000000001');
  perform test.equal(dot.fn_id_resolve('run', 'ABCD0000-0000-7000-8000-000000000002')::text, 'abcd0000-0000-7000-8000-000000000002');
  perform test.raises('DT400', $q$select dot.fn_id_resolve('run', 'abcd')$q$, 'abcd is the beginning of 2 ids of kind run');
  perform test.raises('DT400', $q$select dot.fn_id_resolve('run', 'abc')$q$, '%is not the beginning of an id');
  foreach v_kind in array array['proposal', 'worker', 'batch', 'replay_request', 'unit', 'cut', 'nothing'] loop
    perform test.raises('DT404', format('select dot.fn_id_resolve(%L, %L)', v_kind, 'abce'));
  end loop;
end
$$;
