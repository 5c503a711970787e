create or replace function dot.fn_run_list(
  p_run_id uuid default null, p_state text default null, p_command text default null, p_by text default null,
  p_correlation text default null, p_trace text default null, p_since timestamptz default null, p_reads boolean default false,
  p_after text default null, p_limit int default 100)
returns table (run_id uuid, command text, mode text, state text, actor text, actor_kind text, verdict text, started_at timestamptz, milliseconds numeric)
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_reads boolean := p_reads or p_run_id is not null or p_correlation is not null or p_trace is not null;
begin
  -- The condition stands in the text, so that the index over changes serves the list that leaves reads out.
  return query execute format(
    'select r.run_id, r.command_code, r.mode, r.state, r.actor, r.actor_kind, r.pair ->> ''verdict'', r.started_at,
            round(extract(epoch from r.finished_at - r.started_at) * 1000, 1)
       from dot.dot_command_run r
      where %s
        and ($1 is null or r.run_id = $1) and ($2 is null or r.state = $2) and ($3 is null or r.command_code = $3)
        and ($4 is null or r.actor = $4) and ($5 is null or r.correlation_id = $5) and ($6 is null or r.trace_id = $6)
        and ($7 is null or r.started_at >= $7) and ($8 is null or r.run_id < $8::uuid)
      order by r.run_id desc
      limit $9', case when v_reads then 'true' else 'r.mode <> ''read''' end)
    using p_run_id, p_state, p_command, p_by, p_correlation, p_trace, p_since, p_after, p_limit;
end
$$;
comment on function dot.fn_run_list(uuid, text, text, text, text, text, timestamptz, boolean, text, int) is
  'Runs, newest first, filtered; reads only where asked for. p_after is the last run_id of the page before.';
