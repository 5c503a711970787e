do $$
begin
  perform test.raises('DT400', $q$select dot.fn_schema_link('{"$defs": {"a": {"$dynamicAnchor": "n"}, "b": {"$anchor": "n"}}}')$q$);
  perform dot.fn_schema_link('{"$defs": {"a": {"$anchor": "n"}, "b": {"$id": "b", "$anchor": "n"}}}');
end
$$;
