do $$
begin
  perform test.raises('DT404', $q$select dot.fn_job_enqueue_refusal('no.kind', null, null)$q$);
  perform test.raises('DT404', $q$select dot.fn_job_enqueue_refusal('system.noop', 'no_queue', null)$q$);
  update dot.job_kind_registry set status = 'retired' where job_kind = 'system.noop';
  perform test.refused(dot.fn_job_enqueue_refusal('system.noop', null, null), 'kind_retired');
end
$$;
