create or replace function dot.fn_audit_finds_checkpoint_edited()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select 'checkpoint_edited', 'checkpoint ' || c.checkpoint_id, c.run_id, d.detail
    from dot.audit_checkpoint c
    left join dot.dot_command_run r on r.run_id = c.run_id
   cross join lateral (
      select 'no run that succeeded made it' as detail
       where r.run_id is null or r.state <> 'succeeded' 
          -- Where the catalogue does not know yet which commands seal, any has.
          or ((select dot.fn_command_with('seal'))::text[] <> '{}' and r.command_code <> all ((select dot.fn_command_with('seal'))::text[]))
      union all
      select format('it says that it was made at %s, which is not when its run was carried out', c.made_at)
       where c.made_at < r.started_at - interval '1 minute' or c.made_at > coalesce(r.finished_at, r.started_at) + interval '1 minute'
      union all
      -- Those of before the database knew any key are verified by who reads them.
      select format('it is by key %s of %s, which the log does not know', c.key_id, c.origin)
       where c.made_at >= (select min(k.made_at) from dot.audit_log_key k)
         and not exists (select 1 from dot.audit_log_key k where k.origin = c.origin and k.key_id = c.key_id)
      union all
      select 'what the next one is computed from is not of its root'
       where octet_length(c.frontier) <> 32 * length(replace(c.size::bit(63)::text, '0', '')) or dot.fn_audit_root(c.frontier) <> c.root) d
$$;
comment on function dot.fn_audit_finds_checkpoint_edited() is
  'For fn_audit_objects: checkpoint_edited, checkpoints that no succeeded run made, whose time is not that of their run, by a key that is not in audit_log_key, or whose frontier is not the one of their size and root. What their note says, and its signature, is verified by who reads them.';
