create or replace function dot.fn_command_verdict(p_run_id uuid, p_pair jsonb) returns boolean
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  -- The verdict can be had again from the pair at any time, so it need not wait for the disk.
  perform set_config('synchronous_commit', 'off', true);
  update dot.dot_command_run set pair = p_pair
   where run_id = p_run_id and state = 'succeeded' and pair is null and login = session_user;
  return found;
end
$$;
comment on function dot.fn_command_verdict(uuid, jsonb) is
  'Writes the verdict of the pair, {command, verdict: verified|differs|failed, data}, into a succeeded run, once.';
