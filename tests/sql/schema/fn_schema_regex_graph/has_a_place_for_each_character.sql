do $$
declare
  v_graph record;
begin
  select * into v_graph from dot.fn_schema_regex_graph(dot.fn_schema_regex_tree('ab*'), '{}', '{}', '{}');
  assert not v_graph.o_nullable and v_graph.o_first = '{1}' and v_graph.o_last @> '{1,2}' and cardinality(v_graph.p_classes) = 2, v_graph::text;
  select * into v_graph from dot.fn_schema_regex_graph(dot.fn_schema_regex_tree('a{2,3}'), '{}', '{}', '{}');
  assert cardinality(v_graph.p_classes) = 3 and v_graph.o_last @> '{2,3}' and not 1 = any (v_graph.o_last), v_graph::text;
end
$$;
