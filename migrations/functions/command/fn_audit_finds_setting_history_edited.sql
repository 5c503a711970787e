create or replace function dot.fn_audit_finds_setting_history_edited()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  with run as materialized (
    select r.run_id, r.outcome, r.actor, r.reason from dot.fn_command_runs_with('set_setting') r
  ),
  history as materialized (
    select h.*, lag(h.new_value) over w as before, lead(h.history_id) over w is null as is_last
      from dot.dot_config_history h window w as (partition by h.config_key order by h.history_id)
  )
  select 'setting_history_edited', h.config_key, h.run_id, format('change %s starts from %s, but the one before it ended with %s', h.history_id, h.old_value, h.before)
    from history h where h.before is not null and h.before is distinct from h.old_value
  union all
  select 'setting_history_edited', h.config_key, h.run_id, format('change %s to %s names no run that succeeded', h.history_id, h.new_value)
    from history h
   where not exists (select 1 from dot.dot_command_run r where r.run_id = h.run_id and r.state = 'succeeded')
  union all
  select 'setting_history_edited', run.outcome ->> 'gate', run.run_id, format('the run made it %s, which its history does not tell, or not by whom and why', run.outcome ->> 'value')
    from run
   where run.outcome -> 'changed' = 'true'
     and not exists (
       select 1 from history h
        where h.run_id = run.run_id and h.config_key = run.outcome ->> 'gate'
          and run.outcome ->> 'value' = case h.new_value when 'true' then 'open' when 'false' then 'closed' else h.new_value #>> '{}' end
          and run.outcome ->> 'former' is not distinct from case h.old_value when 'true' then 'open' when 'false' then 'closed' else h.old_value #>> '{}' end
          and h.changed_by = run.actor and (run.reason is null or h.reason is not distinct from run.reason))
$$;
comment on function dot.fn_audit_finds_setting_history_edited() is
  'For fn_audit_objects: setting_history_edited, changes of settings whose history has a gap, names no run that succeeded, or does not tell what its run did.';
