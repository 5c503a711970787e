-- A run of a command, begun and carried out in one line.
create function test.perform(p_command text, p_args json, p_mode text default 'run', p_images int default null) returns jsonb
language plpgsql as $$
declare
  v_run uuid := dot.fn_uuid_v7();
  v_env jsonb := jsonb_build_object('run_id', v_run, 'mode', p_mode);
  v     jsonb := dot.fn_command_begin(p_command, p_args::jsonb, v_env);
begin
  assert v ->> 'run_id' = v_run::text, 'begun: ' || v::text;
  return dot.fn_command_perform(v_run, v_env, p_args, p_images => p_images) || jsonb_build_object('run', v_run);
end
$$;

create function test.run(p_run uuid) returns dot.dot_command_run
language sql as $$ select r from dot.dot_command_run r where r.run_id = p_run $$;

-- As a client makes one.
create function test.run_id() returns uuid
language sql security definer as $$ select dot.fn_uuid_v7() $$;
grant usage on schema test to public;
