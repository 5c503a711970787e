do $$
begin
  perform dot.fn_schedule_create(c, '@hourly', 'system.noop', '{}', 'UTC', c) from unnest('{none,last,all}'::text[]) c;
  update dot.job_schedule set next_at = date_trunc('hour', clock_timestamp()) - interval '3 hours';
  perform dot.fn_job_schedule_tick();
  perform test.equal((select count(*) from dot.job_schedule_fire where schedule_code = 'all' and job_id is not null), 4::bigint, 'all');
  perform test.equal((select count(*) from dot.job_schedule_fire where schedule_code = 'last' and job_id is not null), 1::bigint, 'last');
  assert (select count(*) from dot.job_schedule_fire where schedule_code = 'none' and job_id is not null) <= 1, 'none but one that is just due';
  assert (select bool_and(next_at > clock_timestamp()) from dot.job_schedule), 'each is due again in the future';
  perform test.equal(dot.fn_job_schedule_tick(), 0, 'each once');
end
$$;
