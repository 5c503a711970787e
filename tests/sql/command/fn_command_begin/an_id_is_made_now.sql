do $$
begin
  perform test.raises('DT400', $q$select dot.fn_command_begin('gate set', '{}', '{"run_id": "00000000-0000-7000-8000-000000000001", "mode": "run"}')$q$, '%must be a UUID of version 7 made within the last hour');
  perform test.raises('DT400', format($q$select dot.fn_command_begin('gate set', '{}', '{"run_id": "%s", "mode": "run"}')$q$, gen_random_uuid()), '%must be a UUID of version 7 made within the last hour');
end
$$;
