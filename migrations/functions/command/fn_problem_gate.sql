create or replace function dot.fn_problem_gate(p_gate text) returns text
language sql stable security definer set search_path = dot, pg_temp
as $$
  select case when not dot.fn_gate_open(p_gate) then dot.fn_problem_set(p_gate, 'open') end
$$;
comment on function dot.fn_problem_gate(text) is 'The command that opens a gate that is closed; null for one that is open.';
