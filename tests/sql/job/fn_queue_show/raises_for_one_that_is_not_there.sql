do $$
begin
  perform test.jobs(2);
  assert dot.fn_queue_show('bench') @> '{"queue": "bench", "ready": 2, "status": "active"}';
  perform test.raises('DT404', $q$select dot.fn_queue_show('none')$q$);
end
$$;
