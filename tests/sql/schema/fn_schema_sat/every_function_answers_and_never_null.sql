do $$
declare
  v_found dot.schema_found;
  v_name  text;
  v_links jsonb := jsonb_build_object('old', dot.fn_schema_link('true'));
begin
  -- The type itself refuses null.
  begin
    v_found := row(null, null, null, 1)::dot.schema_found;
    raise 'a null went through';
  exception when not_null_violation or check_violation then
    null;
  end;
  begin
    v_found := row('maybe', null, null, 1)::dot.schema_found;
    raise 'a fourth answer went through';
  exception when check_violation then
    null;
  end;
  -- Every function that proves that there is no value gives it, and nothing that could be null besides.
  foreach v_name in array array['sat', 'sat_type', 'solve', 'solve_number', 'solve_string', 'solve_array', 'solve_object', 'build_array', 'build_object', 'contained', 'clash'] loop
    assert (select count(*) = 1 and bool_and(p.prorettype = 'dot.schema_found'::regtype and p.proargmodes is null) from pg_proc p where p.pronamespace = 'dot'::regnamespace and p.proname = 'fn_schema_' || v_name), v_name;
  end loop;
  -- It says so by naming it: no answer is the outcome of a comparison, which may be null.
  select string_agg(p.proname, ', ') into v_name from pg_proc p
   where p.pronamespace = 'dot'::regnamespace and p.prorettype = 'dot.schema_found'::regtype
     and exists (select 1 from regexp_matches(p.prosrc, 'return row\(([^,]*),', 'g') m where m[1] !~ '^''(proved|refuted|unknown)''$' and m[1] !~ '^case when (not v_open|v_all) then ''proved'' else ''unknown'' end$'
                    and m[1] !~ '^case when v_places < ');
  assert v_name is null, v_name;
  -- Numbers without a bound on one side, steps, and lists that leave one out.
  for v_name in
    select a from unnest(array['{"minimum": 0}', '{"maximum": 0}', '{"exclusiveMinimum": 0}', '{"multipleOf": 3}', '{"type": "integer"}']) a
  loop
    v_found := dot.fn_schema_solve_number(v_links, jsonb_build_array(
      jsonb_build_object('s', v_name::jsonb, 'n', false, 'b', 'schema:', 'l', 'old', 'k', 'atom'),
      jsonb_build_object('s', (select jsonb_build_object('enum', jsonb_agg(n)) from generate_series(-300, 300) n), 'n', true, 'b', 'schema:', 'l', 'old', 'k', 'atom')), 100);
    assert v_found.answer = 'refuted' and v_found.witness is not null, format('%s: %s', v_name, v_found);
  end loop;
end
$$;
