create or replace function dot.fn_job_room(p_queue_id smallint, p_max_running int, p_limit int) returns int
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  if p_max_running is null then
    return p_limit;
  end if;
  if not dot.fn_lock_try('queue', p_queue_id::text) then
    return 0;
  end if;
  return least(p_limit, greatest(0, p_max_running - (select count(*)::int from dot.job_queue j where j.state = 'x' and j.queue_id = p_queue_id)
    - (select count(*)::int from dot.job_stopping g where g.queue_id = p_queue_id and g.until > clock_timestamp())));
end
$$;
comment on function dot.fn_job_room(smallint, int, int) is
  'How many more jobs of a queue may start, of p_limit wanted, beside those that run and those that are being stopped (job_stopping): counted under a lock that lasts until the claim is committed; 0 while another claim holds it.';
