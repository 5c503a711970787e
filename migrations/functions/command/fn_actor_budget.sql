create or replace function dot.fn_actor_budget(p_kind text, p_budget text) returns bigint
language sql stable security definer set search_path = dot, pg_temp
as $$
  select nullif((value #>> '{}')::bigint, 0) from dot.dot_config
   where config_key = 'budget.' || p_kind || '.' || p_budget and value_type = 'int'
$$;
comment on function dot.fn_actor_budget(text, text) is
  'The budget rows_per_run or runs_per_hour of an actor kind; null is no limit.';
