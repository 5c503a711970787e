do $$
declare
  v_worker uuid := test.worker();
begin
  update dot.queue_registry set weight = 3 where queue_code = 'system';
  perform dot.fn_job_enqueue_many('system.noop_leased', array_fill('{}'::jsonb, array[400]), p_queue => q) from unnest('{system,default}'::text[]) q;
  for n in 1 .. 10 loop
    perform dot.fn_job_claim(v_worker, '{render}', 20, '{system,default}');
  end loop;
  perform test.equal((select jsonb_object_agg(queue_code, n) from (
    select q.queue_code, count(*) as n from dot.job_queue j join dot.queue_registry q using (queue_id) where j.state = 'x' group by 1) s), '{"system": 150, "default": 50}'::jsonb);
end
$$;
