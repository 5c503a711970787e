create or replace function dot.fn_lease_reap() returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('lease reap');
begin
  if v_refused is not null then
    return v_refused;
  end if;
  return dot.fn_command_answer('lease reap', dot.fn_job_lease_reaper(10000));
end
$$;
comment on function dot.fn_lease_reap() is 'fn_job_lease_reaper as a command: rescues jobs whose lease has expired now. Workers do so by themselves.';
