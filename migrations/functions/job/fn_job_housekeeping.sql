create or replace function dot.fn_job_housekeeping() returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp set standard_conforming_strings = on set timezone = 'UTC'
as $$
declare
  v_today constant date := clock_timestamp()::date;
  v_old   text;
  v_dropped int := 0;
begin
  -- One at a time; the others have nothing to wait for.
  if not dot.fn_lock_try('job housekeeping') then
    return jsonb_build_object('skipped', true);
  end if;
  perform dot.fn_partition_ensure('job_history', v_today + d) from generate_series(0, 4) d;
  for v_old in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'dot.job_history'::regclass and c.relname ~ '^job_history_\d{8}$'
       and to_date(right(c.relname, 8), 'YYYYMMDD') < v_today - dot.fn_config_int('queue.history.days')::int
  loop
    execute format('drop table dot.%I', v_old);
    v_dropped := v_dropped + 1;
  end loop;
  delete from dot.idempotency_registry i where i.ctid = any (array(
    select x.ctid from dot.idempotency_registry x where x.expires_at < clock_timestamp() limit 10000));
  -- As long as what they did is kept, so that every ended job has a login that answers for it.
  delete from dot.queue_heartbeat h
   where h.state in ('stopped', 'silent') and h.seen_at < clock_timestamp() - (7 + dot.fn_config_int('queue.history.days')) * interval '1 day';
  return jsonb_build_object(
    'reaped', dot.fn_job_lease_reaper(), 'fired', dot.fn_job_schedule_tick(), 'batches', dot.fn_job_batch_tick(), 'silent', dot.fn_job_silent(),
    'delivered', dot.fn_job_subscription_tick(),
    'partitions_dropped', v_dropped);
end
$$;
comment on function dot.fn_job_housekeeping() is
  'What must happen again and again and is nobody''s job: expired leases, due schedules, completed batches, silent workers, events to be delivered as jobs, partitions of job_history four days ahead and those older than queue.history.days dropped, forgotten idempotency keys. Every worker calls it about once a second; one at a time does it. Returns what was done.';
