create or replace function dot.fn_command_run_preview(p_payload jsonb) returns jsonb
language sql immutable set search_path = dot, pg_temp
as $$
  select jsonb_build_object('command', p_payload -> 'command', 'args', p_payload -> 'args', 'effects', p_payload -> 'plan', 'rows', p_payload -> 'rows',
    'measured_at', p_payload -> 'made_at')
$$;
comment on function dot.fn_command_run_preview(jsonb) is 'What the rehearsal of a proposed command measured: {command, args, effects, rows, measured_at}. dot proposal apply ID --dry-run measures it anew.';
