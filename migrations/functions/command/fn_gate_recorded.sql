create or replace function dot.fn_gate_recorded(p_config dot.dot_config) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  -- A setting that has another type since has no former value of it.
  select coalesce((select case when jsonb_typeof(h.new_value) = jsonb_typeof(p_config.value) then h.new_value end
                     from dot.dot_config_history h where h.config_key = p_config.config_key order by h.history_id desc limit 1), p_config.value)
$$;
comment on function dot.fn_gate_recorded(dot.dot_config) is
  'What the last recorded change made of this setting: its value, but where somebody changed it past the commands.';
