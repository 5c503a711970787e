create or replace function dot.fn_problem_set(p_gate text, p_value text) returns text
language sql stable security definer set search_path = dot, pg_temp
as $$
  select format('dot gate set %s %s', c.config_key, dot.fn_problem_word(p_value))
      || case dot.fn_risk_here(c.risk) when 'critical' then ' --confirm ' || dot.fn_problem_word(current_database()) else ' --yes' end
    from dot.dot_config c where c.config_key = p_gate
$$;
comment on function dot.fn_problem_set(text, text) is
  'The whole command that gives a setting a value, confirmed as the risk of the setting asks for. Null where there is none.';
