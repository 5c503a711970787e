create or replace function dot.fn_job_gate(p_gate text) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
begin
  if (select count(*) from dot.dot_config c where c.config_key in (p_gate, 'policy.freeze') and c.value = to_jsonb(c.config_key = p_gate)) = 2 then
    return null;
  end if;
  if not dot.fn_gate_open(p_gate) then
    return dot.fn_command_refusal('DT423', case p_gate when 'queue.job_substrate.enabled' then 'job_substrate_disabled' else 'gate_closed' end,
      format('gate %s is closed', p_gate), format('dot gate set %s open', p_gate), jsonb_build_object('gate', p_gate));
  end if;
  return dot.fn_command_refusal('DT423', 'frozen', 'nothing may be changed now: gate policy.freeze is open', 'Wait until it is closed.',
    jsonb_build_object('gate', 'policy.freeze'));
end
$$;
comment on function dot.fn_job_gate(text) is
  'Whether the functions of jobs may change anything now: null, or a refusal object, reason job_substrate_disabled, gate_closed or frozen.';
