create or replace function dot.fn_event_housekeep() returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('event housekeep');
begin
  return coalesce(v_refused, dot.fn_command_answer('event housekeep', dot.fn_housekeeping_partitions()));
end
$$;
comment on function dot.fn_event_housekeep() is 'fn_housekeeping_partitions as a command of its own.';
