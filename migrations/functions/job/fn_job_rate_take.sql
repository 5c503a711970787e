create or replace function dot.fn_job_rate_take(p_queue_id smallint, p_limit int, p_rate int, p_period interval) returns int
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_now    constant timestamptz := clock_timestamp();
  v_tokens double precision;
  v_taken  int;
begin
  select least(p_rate, r.tokens + p_rate * extract(epoch from v_now - r.refilled_at) / extract(epoch from p_period)) into v_tokens
    from dot.queue_rate r where r.queue_id = p_queue_id for update skip locked;
  if not found then
    -- Someone else is taking right now; or nobody ever has.
    insert into dot.queue_rate (queue_id, tokens, refilled_at)
    select p_queue_id, p_rate, v_now where not exists (select 1 from dot.queue_rate r where r.queue_id = p_queue_id)
    on conflict do nothing;
    if not found then
      return 0;
    end if;
    v_tokens := p_rate;
  end if;
  v_taken := least(p_limit, floor(v_tokens)::int);
  update dot.queue_rate set tokens = v_tokens - v_taken, refilled_at = v_now where queue_id = p_queue_id;
  return v_taken;
end
$$;
comment on function dot.fn_job_rate_take(smallint, int, int, interval) is
  'Takes up to p_limit starts out of the token bucket of a queue that holds p_rate and refills in p_period. Returns how many; 0 also while another transaction is taking.';
