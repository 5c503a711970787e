create or replace function dot.fn_risk_for_agents(p_risk text) returns boolean
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_levels constant text[] := array['low', 'high', 'critical'];
begin
  return array_position(v_levels, dot.fn_risk_here(p_risk)) <= coalesce(array_position(v_levels, dot.fn_config_text('policy.agent.max_risk')), 0);
end
$$;
comment on function dot.fn_risk_for_agents(text) is
  'Whether agents may apply what is of this risk, as it counts here (fn_risk_here), by setting policy.agent.max_risk.';
