create or replace function dot.fn_risk_here(p_risk text) returns text
language sql stable security definer set search_path = dot, pg_temp
as $$
  select case
    when p_risk = 'high' or p_risk = 'critical' then 'critical'
    else 'high' end
   where current_setting('dot.protected', true) = 'true'
      or exists (select 1 from dot.dot_config c where c.config_key = 'policy.protected' and c.value = 'true')
  union all
  select p_risk
  limit 1
$$;
comment on function dot.fn_risk_here(text) is
  'What a risk (low, high, critical) counts for: one level more where the caller''s context is protected, or this database is (gate policy.protected).';
