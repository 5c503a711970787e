create or replace function dot.fn_command_protocol() returns text[]
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select array['fn_command_begin', 'fn_command_perform', 'fn_command_verify', 'fn_command_conclude',
    'fn_command_enter', 'fn_command_finish', 'fn_command_verdict', 'fn_command_enter_read', 'fn_command_record_read', 'fn_command_database', 'fn_actor_current', 'fn_actor_roles', 'fn_role_held', 'fn_gate_open']
$$;
comment on function dot.fn_command_protocol() is
  'The functions of the pipeline itself, which no command names and every role may call: each judges the caller by itself.';
