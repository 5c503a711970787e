create or replace function dot.fn_job_promote(p_limit int default 1000) returns int
language plpgsql volatile security definer set search_path = dot, pg_temp set plan_cache_mode = force_generic_plan
as $$
declare
  v_count int;
begin
  update dot.job_queue j
     set state = 'r', ready_seq = nextval('dot.job_seq')
   where j.job_id = any (array(
           select d.job_id from dot.job_queue d
            where d.state = 'd' and d.run_at <= clock_timestamp() order by d.run_at limit p_limit for update skip locked));
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function dot.fn_job_promote(int) is
  'Puts deferred jobs whose time has come in line, the longest due first. Returns how many. Claims do this by themselves a few times a second.';
