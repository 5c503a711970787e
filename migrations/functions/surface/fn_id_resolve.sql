create or replace function dot.fn_id_resolve(p_names text, p_prefix text) returns uuid
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_digits constant text := lower(replace(p_prefix, '-', ''));
  v_from   uuid;
  v_to     uuid;
  v_found  uuid[];
begin
  if v_digits !~ '^[0-9a-f]{4,32}$' then
    raise exception using errcode = 'DT400', message = format('%s is not the beginning of an id', p_prefix), hint = 'At least 4 hexadecimal digits of it.';
  end if;
  v_from := rpad(v_digits, 32, '0')::uuid;
  v_to := rpad(v_digits, 32, 'f')::uuid;
  -- One more than is shown tells that there are more. Each is a range of a primary key.
  select array_agg(f.id order by f.id) into v_found
    from (
      select x.id from (
        select run_id as id from dot.dot_command_run where p_names = 'run' and run_id between v_from and v_to
        union all select proposal_id from dot.proposal where p_names = 'proposal' and proposal_id between v_from and v_to
        union all select change_request_id from dot.workflow_change_requests where p_names = 'proposal' and change_request_id between v_from and v_to
        union all select worker_id from dot.queue_heartbeat where p_names = 'worker' and worker_id between v_from and v_to
        union all select batch_id from dot.job_batch where p_names = 'batch' and batch_id between v_from and v_to
        union all select request_id from dot.dlq_replay_request where p_names = 'replay_request' and request_id between v_from and v_to
        union all select unit_id from dot.information_unit where p_names = 'unit' and unit_id between v_from and v_to
        union all select cut_request_id from dot.cut_request where p_names = 'cut' and cut_request_id between v_from and v_to) x
       order by x.id limit 11) f;
  if v_found is null then
    raise exception using errcode = 'DT404', message = format('no %s has an id that begins with %s', replace(p_names, '_', ' '), p_prefix), hint = format('What an id is: dot whatis ID');
  elsif cardinality(v_found) > 1 then
    raise exception using errcode = 'DT400',
      message = format('%s is the beginning of %s ids of kind %s', p_prefix, case when cardinality(v_found) > 10 then 'more than 10' else cardinality(v_found)::text end, replace(p_names, '_', ' ')),
      detail = jsonb_build_object('reason', 'ambiguous', 'candidates', to_jsonb(v_found[:10]))::text,
      hint = format('Give more of it: %s', array_to_string(v_found[:10], ', '));
  end if;
  return v_found[1];
end
$$;
comment on function dot.fn_id_resolve(text, text) is
  'The one id of this kind (run, proposal, worker, batch, replay_request, unit, cut: what an argument of a command file names) that begins with p_prefix, at least 4 hexadecimal digits, with or without hyphens. DT404 when there is none, DT400 (ambiguous, with candidates, ten at most) when there are several.';
