create or replace function dot.fn_queue_health() returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('ok', coalesce(bool_and(h.ok), true), 'signals', coalesce(jsonb_agg(to_jsonb(h) order by h.ok, h.signal), '[]')) from dot.v_queue_health h
$$;
comment on function dot.fn_queue_health() is 'The signals of v_queue_health: {ok, signals: [{signal, ok, value, says}]}.';
