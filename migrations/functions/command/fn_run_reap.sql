create or replace function dot.fn_run_reap(p_older_than interval default '0 seconds') returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('run reap', jsonb_build_object('older-than', p_older_than::text));
  v_runs    uuid[];
begin
  if v_refused is not null then
    return v_refused;
  end if;
  v_runs := dot.fn_run_abandon(null, p_older_than);
  return jsonb_build_object('abandoned', cardinality(v_runs), 'run_ids', v_runs);
end
$$;
comment on function dot.fn_run_reap(interval) is
  'Marks as abandoned, once, each run that is still started although its backend is gone. A run that is going on is never touched; if one were, its fn_command_enter and fn_command_finish would refuse. Returns {abandoned, run_ids}.';
