create or replace function dot.fn_audit_schema() returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('run_id', r.run_id, 'command', r.command_code, 'fingerprint', r.outcome ->> 'fingerprint',
           'objects', (select s.objects from dot.dot_schema_snapshot s
                        where s.fingerprint = r.outcome ->> 'fingerprint' order by s.snapshot_id desc limit 1))
    from dot.dot_command_run r
   where r.state = 'succeeded' and r.mode <> 'read' and r.command_code = any ((select dot.fn_command_with('alter_schema'))::text[]) and r.outcome ? 'fingerprint'
   order by r.finished_at desc limit 1
$$;
comment on function dot.fn_audit_schema() is
  'The schema as the last migrate apply or revert left it: {run_id, command, fingerprint, objects}; objects as kept then, null where they were not. Null when there was none. The client compares it with the schema as it is.';
