create or replace function dot.fn_problems_command()
returns table (category text, signal text, since timestamptz, count bigint, what text, cure text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  -- The run that took the last place is since when.
  select 'overdue', 'used_budgets', b.since, b.runs, format('%s has no changing run left within an hour: the budget of an actor of kind %s is %s', b.actor, b.actor_kind, b.budget),
         dot.fn_problem_set(format('budget.%s.runs_per_hour', b.actor_kind), (2 * b.budget)::text)
    from (select r.actor, r.actor_kind, k.budget, count(*) as runs, (array_agg(r.started_at order by r.started_at))[k.budget] as since
            from (select kind, dot.fn_actor_budget(kind, 'runs_per_hour') as budget from unnest(array['human', 'agent', 'ci', 'service']) kind offset 0) k
            join dot.dot_command_run r on r.actor_kind = k.kind and k.budget is not null
           where r.mode in ('run', 'plan_apply', 'sql') and r.state <> 'refused' and r.started_at > clock_timestamp() - interval '1 hour'
             -- As fn_command_within_budget counts.
             and (r.actor_kind = 'agent' or not (r.command_code = any (dot.fn_command_with('set_setting')) and coalesce(r.args ->> 'gate' like 'budget.%', false)))
           group by r.actor, r.actor_kind, k.budget having count(*) >= k.budget) b
  union all
  select 'integrity', 'edited_setting', h.changed_at, 1, format('setting %s is %s, which no command made it: it was %s', c.config_key, c.value, s.recorded),
         dot.fn_problem_set(c.config_key, case s.recorded when 'true' then 'open' when 'false' then 'closed' else s.recorded #>> '{}' end)
    from dot.dot_config c cross join lateral (select dot.fn_gate_recorded(c) as recorded) s
    left join lateral (select max(x.changed_at) as changed_at from dot.dot_config_history x where x.config_key = c.config_key) h on true
   where c.status = 'active' and s.recorded <> c.value
  union all
  select 'integrity', 'edited_catalogue', null, count(*), format('%s: %s', f.object, min(f.detail)), 'dot catalog sync --yes'
    from dot.fn_audit_finds_catalogue_edited() f group by f.object
  union all
  select 'integrity', 'disabled_triggers', null, count(*), format('triggers of table %s do not fire: %s', c.relname, string_agg(t.tgname, ', ' order by t.tgname)),
         format('psql -c %s', dot.fn_problem_word(string_agg(format('alter table dot.%I %s %I', c.relname, case when t.tgisinternal then 'enable trigger' else 'enable always trigger' end, t.tgname), '; ' order by t.tgname)))
    from pg_trigger t join pg_class c on c.oid = t.tgrelid and c.relnamespace = 'dot'::regnamespace
   where t.tgenabled in ('D', 'R') group by c.relname
$$;
comment on function dot.fn_problems_command() is
  'For fn_problems: actors whose budget of runs is used up, settings and a catalogue that are not as the commands left them, and triggers of the platform that somebody has turned off.';
