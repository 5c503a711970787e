create or replace function dot.fn_health() returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  with checks(area, item, state, count, detail) as materialized (
    select c.* from dot.fn_health_checks() c
    union all
    select 'jobs', replace(h.signal, '_', ' '), case when h.ok then 'green' else 'red' end,
           case when h.value ~ '^[0-9]+$' then h.value::bigint else (not h.ok)::int end, case when h.ok then h.says else concat_ws(': ', h.says, case when h.value ~ '[a-z]' then h.value end) end
      from dot.v_queue_health h where h.signal <> 'worker'
    union all
    select 'events', l.subscription, l.state, l.pending, format('%s, %s', l.status, coalesce('the oldest of ' || l.oldest, 'nothing waits')) from dot.fn_event_lag() l
    union all
    select 'problems', c.key, case when c.value = '0' then 'green' when c.value = 'not measured' then 'unknown' else 'red' end, case when c.value ~ '^[0-9]+$' then c.value::bigint end,
           'dot problems ' || c.key
      from jsonb_each_text(dot.fn_problems() -> 'categories') c
  )
  select jsonb_build_object('ok', bool_and(c.state <> 'red'), 'checks', jsonb_agg(to_jsonb(c) order by array_position(array['red', 'yellow', 'unknown', 'green'], c.state), c.area, c.item))
    from checks c
$$;
comment on function dot.fn_health() is
  'The health of the platform, every check of it: {ok: none is red, checks: [{area, item, state: green, yellow (to be known or done), red (something is wrong or owed) or unknown (not measured), count, detail}]}, the worst first. What fn_problems, fn_queue_health and fn_event_lag find is among them.';
