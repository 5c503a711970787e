create or replace function dot.fn_run_list(
  p_run_id uuid default null, p_state text default null, p_command text default null, p_actor text default null,
  p_correlation text default null, p_trace text default null, p_since timestamptz default null, p_reads boolean default false,
  p_after text default null, p_limit int default 100)
returns table (run_id uuid, command text, mode text, state text, actor text, actor_kind text, verdict text, started_at timestamptz, milliseconds numeric)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select r.run_id, r.command_code, r.mode, r.state, r.actor, r.actor_kind, r.pair ->> 'verdict', r.started_at,
         round(extract(epoch from r.finished_at - r.started_at) * 1000, 1)
    from dot.dot_command_run r
   where (p_run_id is null or r.run_id = p_run_id)
     and (p_state is null or r.state = p_state)
     and (p_command is null or r.command_code = p_command)
     and (p_actor is null or r.actor = p_actor)
     and (p_correlation is null or r.correlation_id = p_correlation)
     and (p_trace is null or r.trace_id = p_trace)
     and (p_since is null or r.started_at >= p_since)
     and (p_reads or r.mode <> 'read' or p_run_id is not null or p_correlation is not null or p_trace is not null)
     and (p_after is null or r.run_id < p_after::uuid)
   order by r.run_id desc
   limit p_limit
$$;
comment on function dot.fn_run_list(uuid, text, text, text, text, text, timestamptz, boolean, text, int) is
  'Runs, newest first, filtered; reads only where asked for. p_after is the last run_id of the page before.';
