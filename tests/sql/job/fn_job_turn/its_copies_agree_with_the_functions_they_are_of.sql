-- To save calls, fn_job_turn picks as fn_job_pick_open does and asks as fn_job_promote_due does, in words of its own.
do $$
declare
  v_worker uuid := test.worker();
  v_queue  smallint := (select queue_id from dot.queue_registry where queue_code = 'bench');
  v_class  smallint := (select class_id from dot.executor_class_registry where class_code = 'render');
  v_jobs   bigint[] := test.jobs(200);
  v_picked bigint[];
  v_claims bigint[];
begin
  update dot.job_queue set priority = (job_id * 7) % 10 where job_id = any (v_jobs);
  for n in 1 .. 7 loop
    v_picked := dot.fn_job_pick_open(v_queue, v_class, 3 * n);
    v_claims := array(select c.job from dot.fn_job_turn(v_worker, '{render}', '{}', '{}', null, 3 * n) c);
    perform test.equal((select array_agg(j order by j) from unnest(v_claims) j), (select array_agg(j order by j) from unnest(v_picked) j), format('%s jobs', 3 * n));
  end loop;
  -- What is due is put in line by both, and by neither before it is time to look again.
  update dot.job_queue set state = 'd', run_at = clock_timestamp() - interval '1 second' where state = 'r';
  perform set_config('dot.promote_at', '9999999999999', false);
  assert not exists (select 1 from dot.fn_job_turn(v_worker, '{render}', '{}', '{}', null, 1));
  perform dot.fn_job_promote_due();
  assert not exists (select 1 from dot.job_queue where state = 'r'), 'neither has looked';
  perform set_config('dot.promote_at', '', false);
  perform test.equal((select count(*) from dot.fn_job_turn(v_worker, '{render}', '{}', '{}', null, 1)), 1::bigint);
  update dot.job_queue set state = 'd' where state = 'r';
  perform set_config('dot.promote_at', '', false);
  perform dot.fn_job_promote_due();
  assert exists (select 1 from dot.job_queue where state = 'r'), 'both have';
end
$$;
