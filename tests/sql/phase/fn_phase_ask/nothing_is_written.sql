do $$
declare
  v_before bigint;
begin
  assert dot.fn_phase_ask('select 1 as n union all select 2') = '{"rows": [{"n": 1}, {"n": 2}], "error": null}', 'rows are rows';
  -- Not by a function that it calls, and not by what would make it two statements.
  assert dot.fn_phase_ask($q$select dot.fn_gate_write('policy.freeze', 'true')$q$) ->> 'error' like '%read-only transaction (25006)', dot.fn_phase_ask($q$select dot.fn_gate_write('policy.freeze', 'true')$q$)::text;
  assert dot.fn_phase_ask('with x as (delete from dot.dot_config returning 1) select * from x') ->> 'error' is not null;
  assert dot.fn_phase_ask('select 1) q; delete from dot.dot_config; select 1 from (select 1') ->> 'error' is not null;
  assert dot.fn_phase_ask('select set_config(''transaction_read_only'', ''off'', true), dot.fn_gate_write(''policy.freeze'', ''true'')') ->> 'error' is not null;
  assert (select count(*) > 10 from dot.dot_config) and not dot.fn_gate_open('policy.freeze');
  assert dot.fn_phase_ask('select 1 / 0') ->> 'error' = 'division by zero (22012)';
  -- The function that asked can write again.
  assert dot.fn_gate_write('policy.freeze', 'true'), 'the block is left';
end
$$;
