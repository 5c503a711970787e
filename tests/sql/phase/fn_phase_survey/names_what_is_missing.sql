do $$
begin
  assert dot.fn_phase_survey('0') ->> 'ok' = 'true', 'all is there';
  alter table dot.iu_sql_link alter column target type varchar;
  drop table dot.iu_vector_sync_point;
  assert dot.fn_phase_survey('0') ->> 'ok' = 'false', 'now it is not';
  assert dot.fn_phase_survey('0') -> 'tables' @> '[{"table": "iu_vector_sync_point", "state": "absent"}]', 'a table is gone';
  assert dot.fn_phase_survey('0') -> 'tables' @> '[{"table": "iu_sql_link", "state": "shape_differs", "differences": [{"column": "target", "expected": "text", "found": "character varying"}]}]',
    'a column has another type';
end
$$;
