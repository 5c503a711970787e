create or replace function dot.fn_command_verify(p_run_id uuid) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_run     dot.dot_command_run;
  v_pair    dot.dot_command_catalog;
  v_args    jsonb;
  v_rows    bigint;
  v_data    jsonb;
  v_verdict jsonb;
begin
  -- The verdict can be had again from the pair at any time, so it need not wait for the disk.
  perform set_config('synchronous_commit', 'off', true);
  select * into v_run from dot.dot_command_run where run_id = p_run_id and state = 'succeeded' and pair is null and login = session_user and dot.fn_session_own(actor)
     and entered_xid is distinct from pg_current_xact_id_if_assigned() for update;
  if not found then
    return null;
  end if;
  select * into v_pair from dot.dot_command_catalog where command_code = dot.fn_command_pair(v_run.command_code);
  if not found then
    return null;
  end if;
  -- What the outcome says comes before what was asked for; then what the declaration of the pair says.
  select coalesce(jsonb_object_agg(a.name, v.value), '{}') into v_args
    from jsonb_to_recordset(coalesce(v_pair.spec -> 'args', '[]')) as a(name text, "default" text, fixed text)
   cross join lateral (
     select coalesce(nullif(v_run.outcome -> replace(a.name, '-', '_'), 'null'), nullif(v_run.outcome -> a.name, 'null'), nullif(v_run.args -> a.name, 'null'),
              to_jsonb(a.fixed), to_jsonb(a."default")) as value) v
   where v.value is not null;
  begin
    if jsonb_array_length(coalesce(v_pair.spec -> 'columns', '[]')) > 0 then
      execute format('select count(*) from (select 1 from %s r limit 1000) x', dot.fn_command_statement(v_pair.command_code, v_args)) into v_rows using v_args, null::text;
      v_verdict := jsonb_build_object('verdict', case when v_rows > 0 then 'verified' else 'differs' end, 'data', jsonb_build_object('rows', v_rows));
    else
      execute format('select to_jsonb(r.*) from %s r', dot.fn_command_statement(v_pair.command_code, v_args)) into v_data using v_args, null::text;
      v_verdict := jsonb_build_object('verdict', case when v_data is null or v_data = 'null' or v_data -> 'ok' = 'false' then 'differs' else 'verified' end,
        'data', case when octet_length(v_data::text) > 8192 then jsonb_build_object('ok', v_data -> 'ok', 'bytes', octet_length(v_data::text)) else v_data end);
    end if;
  exception
    when query_canceled or lock_not_available or admin_shutdown then
      raise;
    when others then
      v_verdict := jsonb_build_object('verdict', 'failed', 'data', jsonb_build_object('sqlstate', sqlstate, 'message', sqlerrm));
  end;
  v_verdict := jsonb_build_object('command', v_pair.command_code) || v_verdict;
  update dot.dot_command_run set pair = v_verdict where run_id = p_run_id;
  return v_verdict;
end
$$;
comment on function dot.fn_command_verify(uuid) is
  'Runs the pair of a succeeded run of this login, after its commit, with the arguments that its outcome, else its own arguments, give it, and writes the verdict {command, verdict: verified|differs|failed, data} into the run, once. Null where there is nothing to do: no such run, a verdict already, or a pair that the database cannot run by itself (fn_command_pair), whose verdict the program records (fn_command_verdict).';
