do $$
declare
  v_many jsonb := (select jsonb_object_agg(format('a%s', n), jsonb_build_object('pattern', format('^(\w{1,100} %s){1,100}$', n))) from generate_series(1, 11) n);
begin
  perform dot.fn_schema_check_value(jsonb_build_object('properties', v_many - 'a11' - 'a10' - 'a9'));
  perform test.raises('DT400', format('select dot.fn_schema_check_value(%L)', jsonb_build_object('properties', v_many)));
  -- One and the same is counted once.
  perform dot.fn_schema_check_value(jsonb_build_object('properties', (select jsonb_object_agg('p' || n, v_many -> 'a1') from generate_series(1, 200) n)));
end
$$;
