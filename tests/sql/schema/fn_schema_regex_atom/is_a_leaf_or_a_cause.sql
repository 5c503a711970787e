do $$
begin
  assert (dot.fn_schema_regex_atom('^')).o_node ->> 'x' = '{[0,1)}' and (dot.fn_schema_regex_atom('$')).o_node ->> 'x' = '{[1114112,1114113)}';
  assert (dot.fn_schema_regex_atom('\b')).o_node ->> 't' = 'b' and (dot.fn_schema_regex_atom('\p{L}')).o_node -> 'x' = 'null' and (dot.fn_schema_regex_atom('*')).o_node ->> 're' = '\u002a';
  assert (dot.fn_schema_regex_atom('\q')).o_cause like '%\q%' and (dot.fn_schema_regex_atom('[')).o_cause <> '' and (dot.fn_schema_regex_atom('[b-a]')).o_cause <> '' and (dot.fn_schema_regex_atom('\p{Greek}')).o_cause like '%property%';
end
$$;
