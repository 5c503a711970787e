do $$
begin
  perform test.equal((select array_agg(place || '|' || name order by place, name) from dot.fn_schema_members('{"properties": {"a": {"properties": {"b": true}}, "c": true}}')),
    (select array_agg(place || '|' || name order by place, name) from dot.fn_schema_members('{"properties": {"c": true, "a": {"properties": {"b": true}}}}')), 'in any order');
  perform test.equal((select array_agg(name order by name) from dot.fn_schema_members('{"properties": {"a": {"properties": {"b": true}}, "c": true}}')), '{a,b,c}'::text[]);
end
$$;
