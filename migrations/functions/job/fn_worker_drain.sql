create or replace function dot.fn_worker_drain(p_worker uuid default null, p_every boolean default false) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('worker drain', jsonb_build_object('worker', p_worker, 'every', p_every));
  v_count   int;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if (p_worker is null) = not p_every then
    raise exception using errcode = 'DT400', message = 'one worker is named, or --every is given', hint = 'dot worker list';
  end if;
  update dot.queue_heartbeat set state = 'draining' where state = 'active' and (p_every or worker_id = p_worker);
  select count(*) into v_count from dot.queue_heartbeat where state = 'draining' and (p_every or worker_id = p_worker);
  if v_count = 0 and p_worker is not null then
    raise exception using errcode = 'DT404', message = format('there is no active worker %s', p_worker), hint = 'dot worker list';
  end if;
  return jsonb_build_object('draining', v_count);
end
$$;
comment on function dot.fn_worker_drain(uuid, boolean) is
  'Tells a worker, or all of them, to take nothing more, finish what runs, and end: each hears it at its next heartbeat. Returns {draining: how many}. DT400 for neither or both, DT404 when there is none.';
