create or replace function dot.fn_consumer_check(p_consumer text default null) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('ok', count(*) = 0, 'consumer', p_consumer, 'failed', count(*),
           'errors', coalesce(jsonb_agg(distinct d.error ->> 'message'), '[]'))
    from dot.consumer_delivery d where (p_consumer is null or d.consumer_code = p_consumer) and d.state = 'failed'
$$;
comment on function dot.fn_consumer_check(text) is 'Whether nothing is failed at a consumer, or at any (null): {ok, consumer, failed, errors}.';
