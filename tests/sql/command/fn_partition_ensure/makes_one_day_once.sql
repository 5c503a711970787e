do $$
begin
  perform test.equal(dot.fn_partition_ensure('job_history', '2031-05-06'), true);
  perform test.equal(dot.fn_partition_ensure('job_history', '2031-05-06'), false);
  assert to_regclass('dot.job_history_20310506') is not null;
end
$$;
