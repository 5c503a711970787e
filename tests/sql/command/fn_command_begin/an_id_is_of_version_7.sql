do $$
declare
  v_other constant text := overlay(dot.fn_uuid_v7()::text placing '4' from 15);
begin
  perform test.raises('DT400', format($q$select dot.fn_command_begin('gate set', '{}', '{"run_id": "%s", "mode": "run"}')$q$, v_other), '%must be a UUID of version 7 made within the last hour');
end
$$;
