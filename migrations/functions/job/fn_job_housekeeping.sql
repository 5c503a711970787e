create or replace function dot.fn_job_housekeeping(p_after text default null, p_within interval default null) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp set lock_timeout = '1s'
as $$
declare
  v_began constant timestamptz := clock_timestamp();
  v_duty  record;
  v_last  text;
  v_did   jsonb;
  v_done  jsonb := jsonb_build_object();
begin
  perform dot.fn_actor_able();
  -- One at a time; the others have nothing to wait for.
  if not dot.fn_lock_try('job housekeeping') then
    return jsonb_build_object('skipped', true);
  end if;
  -- What fails takes nothing of the others with it. What one has locked is locked until the commit, so the rest may be for
  -- the next call. The last ones hold what a worker waits for.
  for v_duty in
    with duty (turn, name, function) as (
      values (1, 'forgotten', 'fn_job_forget'), (2, 'fired', 'fn_job_schedule_tick'), (3, 'batches', 'fn_job_batch_tick'),
             (4, 'delivered', 'fn_job_subscription_tick'), (5, 'silent', 'fn_job_silent'), (6, 'reaped', 'fn_job_lease_reaper'),
             (7, 'partitions_dropped', 'fn_job_partitions'))
    select d.name, d.function from duty d
     where d.turn > coalesce((select a.turn from duty a where a.name = p_after), 0)
     order by d.turn
  loop
    if v_done <> '{}' and clock_timestamp() > v_began + p_within then
      v_done := v_done || jsonb_build_object('after', v_last);
      exit;
    end if;
    begin
      execute format('select to_jsonb(dot.%I())', v_duty.function) into v_did;
      perform dot.fn_job_duty_note(v_duty.name, '');
    exception when others or assert_failure then
      perform dot.fn_job_duty_note(v_duty.name, '', sqlstate, sqlerrm);
      v_did := null;
    end;
    v_done := v_done || jsonb_build_object(v_duty.name, v_did);
    v_last := v_duty.name;
  end loop;
  return v_done || jsonb_build_object('failing', (
    select coalesce(jsonb_agg(jsonb_build_object('duty', d.duty, 'item', d.item, 'code', d.code, 'message', d.message) order by d.duty, d.item), '[]')
      from dot.job_duty d where d.failing_since >= v_began));
end
$$;
comment on function dot.fn_job_housekeeping(text, interval) is
  'What must happen again and again and is nobody''s job: expired leases, due schedules, completed batches, silent workers, events to be delivered as jobs, partitions of job_history, what is to be forgotten. Every worker calls it about once a second; one at a time does it. When p_within has passed (null: no bound), so that its transaction is short, it returns the last duty as after, with which to call again; p_after null begins with the first. Each duty, and each item of one, fails alone, and is kept in job_duty until it succeeds. Returns {duty: what it did, null where it failed; after: where some are left; failing: what began to fail with this call, [{duty, item, code, message}]}.';
