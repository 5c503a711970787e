create or replace function dot.fn_command_database() returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('system_identifier', system_identifier::text, 'database', current_database()) from pg_control_system()
$$;
comment on function dot.fn_command_database() is 'Which database this is: {system_identifier, database}. A plan is applied only where it was made.';
