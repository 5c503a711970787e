do $$
declare
  v_worker uuid := test.worker();
begin
  perform test.raises('DT400', format('select dot.fn_worker_stop(%L, %L)', v_worker, 'active'));
  perform test.raises('DT400', format('select dot.fn_worker_stop(%L, null)', v_worker));
end
$$;
