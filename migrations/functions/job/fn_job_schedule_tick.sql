create or replace function dot.fn_job_schedule_tick(p_limit int default 100) returns int
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_now      constant timestamptz := clock_timestamp();
  v_schedule dot.job_schedule;
  v_fires    int := 0;
  v_some     int;
  v_at       timestamptz;
  v_following timestamptz;
  v_job      jsonb;
  v_fire     boolean;
begin
  if dot.fn_job_gate('queue.job_substrate.enabled') is not null then
    return 0;
  end if;
  for v_schedule in
    select * from dot.job_schedule s
     where s.status = 'active' and s.next_at <= v_now
       -- One that fails is tried once a minute, and holds up none of the others.
       and not exists (select 1 from dot.job_duty d where d.duty = 'fired' and d.item = s.schedule_code and d.failed_at > v_now - interval '1 minute')
     order by s.next_at limit p_limit for update skip locked
  loop
    -- What is left is due a second later too, and whoever changes a schedule waits for this transaction.
    exit when clock_timestamp() > v_now + interval '200 ms';
    begin
      v_some := 0;
      v_at := v_schedule.next_at;
      if v_schedule.catch_up <> 'all' then
        -- All but the last are passed over: by the first look back that finds a time, the shorter ones first.
        select greatest(v_at, x.at) into v_at
          from unnest(array['1 minute', '1 hour', '1 day', '1 month', '1 year']::interval[]) with ordinality w(back, n)
         cross join lateral dot.fn_cron_following(v_schedule.cron, v_now - w.back, v_schedule.time_zone) x(at)
         where v_at < v_now - w.back and x.at <= v_now
         order by w.n limit 1;
        v_at := coalesce(v_at, v_schedule.next_at);
      end if;
      -- So many at a time that a long pause does not make one long transaction.
      for n in 1 .. 100 loop
        v_following := dot.fn_cron_following(v_schedule.cron, v_at, v_schedule.time_zone);
        v_fire := case v_schedule.catch_up
          when 'all' then true
          when 'last' then v_following is null or v_following > v_now
          else v_at > v_now - interval '1 minute' end;
        insert into dot.job_schedule_fire (schedule_code, fire_at, fired_at) values (v_schedule.schedule_code, v_at, v_now) on conflict do nothing;
        if found and v_fire then
          perform dot.fn_context_put('job_for', 'kept');
          v_job := dot.fn_job_enqueue(v_schedule.job_kind, v_schedule.payload || jsonb_build_object('fire_at', v_at));
          perform set_config('dot.job_for', '', true);
          -- A time that made no job has not come: it stays due.
          perform dot.fn_job_required(v_job);
          update dot.job_schedule_fire set job_id = (v_job ->> 'job')::bigint where schedule_code = v_schedule.schedule_code and fire_at = v_at;
          v_some := v_some + 1;
        end if;
        v_at := v_following;
        exit when v_at is null or v_at > v_now;
      end loop;
      update dot.job_schedule set next_at = v_at where schedule_code = v_schedule.schedule_code;
      v_fires := v_fires + v_some;
      perform dot.fn_job_duty_note('fired', v_schedule.schedule_code);
    exception when others or assert_failure then
      perform dot.fn_job_duty_note('fired', v_schedule.schedule_code, sqlstate, sqlerrm);
    end;
  end loop;
  return v_fires;
end
$$;
comment on function dot.fn_job_schedule_tick(int) is
  'Enqueues the job of every schedule that is due, with fire_at in its payload, and moves the schedule on; what was missed by its catch_up. Fire time, job and next time are committed together, and the key of job_schedule_fire keeps any two callers from firing one time twice. A command among them runs by the rights of who made the schedule, which were judged then and are again when it is carried out, and of the worker''s login that does so; whoever keeps house needs none. One that fails does so alone, and is tried again a minute later (job_duty). Returns how many jobs.';
