create or replace function dot.fn_command_verdict(p_run_id uuid, p_pair jsonb) returns boolean
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  perform set_config('synchronous_commit', 'off', true);
  update dot.dot_command_run r set pair = p_pair || '{"claimed": true}'
   where r.run_id = p_run_id and r.state = 'succeeded' and r.pair is null and r.login = session_user
     and dot.fn_session_own(r.actor)
     -- Where the database can ask for itself, nobody tells it.
     and dot.fn_command_pair(r.command_code) is null;
  return found;
end
$$;
comment on function dot.fn_command_verdict(uuid, jsonb) is
  'Writes what the program found by a pair that it runs itself, {command, verdict: verified|differs|failed, data}, into a succeeded run, once, with claimed: true. False for pairs that fn_command_verify runs.';
