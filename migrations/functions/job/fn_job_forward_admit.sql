create or replace function dot.fn_job_forward_admit(p_kind text, p_payload jsonb) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  -- When it is carried out, the worker asks for the rights of whoever asked for it, and of nobody else.
  select dot.fn_job_command_judge(coalesce(k.target ->> 'command', p_payload ->> 'command'), case when k.target ? 'command' then p_payload - '$for' else p_payload -> 'args' end)
    from dot.job_kind_registry k where k.job_kind = p_kind and dot.fn_job_is_command(p_kind)
$$;
comment on function dot.fn_job_forward_admit(text, jsonb) is
  'Whether the session may set off this job, which somebody asked for earlier and which waits: what it runs, by its payload or by its kind, is judged as if the session asked for it now (fn_job_command_judge). Null admits; else the refusal.';
