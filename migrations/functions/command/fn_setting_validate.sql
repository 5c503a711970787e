create or replace function dot.fn_setting_validate(p_entry jsonb) returns text
language sql immutable set search_path = dot, pg_temp
as $$
  select case
    when p_entry ->> 'value_type' = 'bool' and jsonb_typeof(p_entry -> 'value') <> 'boolean' then 'it is open or closed'
    when p_entry ->> 'value_type' = 'int' and (jsonb_typeof(p_entry -> 'value') <> 'number' or (p_entry ->> 'value')::numeric < 0) then 'it is a number from 0 on'
    when p_entry ->> 'config_key' in ('governance.proposal.ttl_days', 'governance.delegation.max_days', 'queue.worker.silent_seconds') and p_entry ->> 'value' = '0'
      then 'it is a number from 1 on'
    when p_entry ->> 'config_key' = 'policy.agent.max_risk' and p_entry ->> 'value' not in ('low', 'high', 'critical') then 'it is low, high or critical' end
$$;
comment on function dot.fn_setting_validate(jsonb) is 'What is wrong with the value of a setting, in words; null when nothing is.';
