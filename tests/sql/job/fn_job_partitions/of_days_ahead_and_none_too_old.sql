do $$
declare
  v_old constant text := 'job_history_' || to_char(now() at time zone 'UTC' - interval '400 days', 'YYYYMMDD');
begin
  perform dot.fn_partition_ensure('job_history', (now() at time zone 'UTC')::date - 400);
  perform test.equal(dot.fn_job_partitions(), 1);
  perform test.equal(dot.fn_job_partitions(), 0);
  assert to_regclass('dot.' || v_old) is null and to_regclass(format('dot.job_history_%s', to_char(now() at time zone 'UTC' + interval '4 days', 'YYYYMMDD'))) is not null;
end
$$;
