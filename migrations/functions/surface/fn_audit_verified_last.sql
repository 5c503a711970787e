create or replace function dot.fn_audit_verified_last()
returns table (run_id uuid, finished_at timestamptz, actor text, found jsonb)
language plpgsql stable security definer set search_path = dot, pg_temp set plan_cache_mode = force_custom_plan
as $$
declare
  v_code text;
begin
  for v_code in select unnest(dot.fn_command_with('verify_audit')) loop
    -- By the order of their ids, so that the newest is found without reading the others. One that failed has looked at nothing.
    return query
      select r.run_id, r.finished_at, r.actor, r.error from dot.dot_command_run r
       where r.command_code = v_code and r.state = 'succeeded'
         -- Anybody may verify for themselves, and keep a row that says what they like.
         and r.outcome -> 'for_everybody' = 'true'
       order by r.run_id desc limit 1;
  end loop;
end
$$;
comment on function dot.fn_audit_verified_last() is
  'The newest run that verified the audit, of each command that does, by a login that had dot_admin or the owner''s rights then: its end, who asked for it, and found, the error that it ended with where it found differences ({code: DT003, detail: {findings: [{finding, count, means}]}}), else null. No row where none is kept.';
