create or replace function dot.fn_job_command_admit(p_kind text, p_payload jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
begin
  if not p_payload ? 'command'
    or not exists (select 1 from dot.job_kind_registry k where k.job_kind = p_kind and k.executor_class = 'dot' and not k.target ? 'command')
  then
    return null;
  end if;
  return dot.fn_command_admit(p_payload ->> 'command', 'run');
end
$$;
comment on function dot.fn_job_command_admit(text, jsonb) is
  'Whether the session may enqueue this job: where its payload names the command that a worker is to run, the one who enqueues must be allowed to run it now, by the same judge, so that nobody (an agent, say) borrows the rights of the worker. Null admits; else the refusal of the command.';
