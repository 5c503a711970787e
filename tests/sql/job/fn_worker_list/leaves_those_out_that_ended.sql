do $$
declare
  v_one uuid := test.worker();
  v_two uuid := test.worker();
begin
  perform dot.fn_worker_stop(v_one, 'stopped');
  perform test.equal((select array_agg(worker) from dot.fn_worker_list()), array[v_two]);
  perform test.equal((select count(*) from dot.fn_worker_list(true)), 2::bigint);
end
$$;
