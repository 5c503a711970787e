create or replace function dot.fn_job_command_admit(p_kind text, p_payload jsonb) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  -- What a kind runs whatever its payload says was judged with the kind.
  select dot.fn_job_command_judge(p_payload ->> 'command', p_payload -> 'args')
    from dot.job_kind_registry k where k.job_kind = p_kind and dot.fn_job_is_command(p_kind) and not k.target ? 'command'
$$;
comment on function dot.fn_job_command_admit(text, jsonb) is
  'Whether the session may enqueue this job: where its payload names the command that a worker is to run, as fn_job_command_judge says. Null admits; else the refusal of the command.';
