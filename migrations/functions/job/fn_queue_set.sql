create or replace function dot.fn_queue_set(
  p_queue text, p_weight int default null, p_max_running int default null, p_rate_limit int default null, p_rate_period interval default null)
returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('queue set', jsonb_build_object('queue', p_queue, 'weight', p_weight, 'max-running', p_max_running, 'rate-limit', p_rate_limit,
    'rate-period', p_rate_period));
  v_former  dot.queue_registry;
  v_queue   dot.queue_registry;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if p_weight not between 1 and 1000 then
    raise exception using errcode = 'DT400', message = format('weight must be between 1 and 1000, got %s', p_weight), hint = 'To take nothing from a queue: dot queue pause';
  elsif p_max_running < 0 or p_rate_limit < 0 or p_rate_period <= interval '0' then
    raise exception using errcode = 'DT400', message = 'limits must not be negative, and the period must be positive', hint = 'A limit of 0 lifts it.';
  elsif p_rate_period > interval '1 day' then
    raise exception using errcode = 'DT400', message = format('the rate period must be at most a day, got %s', p_rate_period), hint = 'To take nothing from a queue: dot queue pause';
  end if;
  -- A limit that is lifted sets off what it held back.
  v_refused := case when p_max_running is not null or p_rate_limit is not null or p_rate_period is not null then dot.fn_queue_forward_admit(p_queue) end;
  if v_refused is not null then
    return dot.fn_command_answer('queue set', v_refused);
  end if;
  select * into v_former from dot.queue_registry q where q.queue_code = p_queue for update;
  -- 0 takes a limit away.
  update dot.queue_registry q
     set weight = coalesce(p_weight, q.weight), max_running = nullif(coalesce(p_max_running, q.max_running), 0),
         rate_limit = nullif(coalesce(p_rate_limit, q.rate_limit), 0),
         rate_period = case when nullif(coalesce(p_rate_limit, q.rate_limit), 0) is not null then coalesce(p_rate_period, q.rate_period, interval '1 second') end
   where q.queue_code = p_queue
     and (coalesce(p_weight, q.weight), nullif(coalesce(p_max_running, q.max_running), 0), nullif(coalesce(p_rate_limit, q.rate_limit), 0),
          case when nullif(coalesce(p_rate_limit, q.rate_limit), 0) is not null then coalesce(p_rate_period, q.rate_period, interval '1 second') end)
       is distinct from (q.weight, q.max_running, q.rate_limit, q.rate_period)
  returning * into v_queue;
  if found then
    -- What was used of a rate counts on, unless it is another rate.
    delete from dot.queue_rate where queue_id = v_queue.queue_id and (v_queue.rate_limit, v_queue.rate_period) is distinct from (v_former.rate_limit, v_former.rate_period);
  else
    select * into v_queue from dot.queue_registry q where q.queue_code = p_queue;
    if not found then
      raise exception using errcode = 'DT404', message = format('there is no queue %s', p_queue), hint = 'dot queue list';
    end if;
  end if;
  return jsonb_build_object('queue', p_queue, 'weight', v_queue.weight, 'max_running', v_queue.max_running, 'rate_limit', v_queue.rate_limit, 'rate_period', v_queue.rate_period);
end
$$;
comment on function dot.fn_queue_set(text, int, int, int, interval) is
  'Sets the weight of a queue, how many of its jobs run at once and how many start in a period; null leaves, 0 lifts a limit. Returns the settings. DT400 for a value that is none, or a period of more than a day; DT404 for an unknown queue.';
