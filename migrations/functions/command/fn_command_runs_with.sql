create or replace function dot.fn_command_runs_with(variadic p_duties text[]) returns setof dot.dot_command_run
language plpgsql stable security definer set search_path = dot, pg_temp set plan_cache_mode = force_custom_plan
as $$
declare
  v_code text;
begin
  -- Each by its name: for a list that is not known yet the planner would read the whole audit.
  foreach v_code in array dot.fn_command_with(variadic p_duties) loop
    return query select * from dot.dot_command_run r where r.command_code = v_code and r.state = 'succeeded' and r.mode <> 'read';
  end loop;
end
$$;
comment on function dot.fn_command_runs_with(text[]) is
  'The runs that succeeded, of the commands that have one of these duties (fn_command_with); reads are none.';
