-- Queries that run with the rights of dot_owner only read, and are told neither the secret nor a signature.
do $$
declare
  v_operator constant text := test.login('o', '{dot_operator}');
begin
  assert dot.fn_context_sign('birth', 'x') ~ '^[0-9a-f]{64}$';
  assert dot.fn_context_sign('birth', 'x') <> dot.fn_context_sign('birth', 'y') and dot.fn_context_sign('birth', 'x') <> dot.fn_context_sign('applies', 'x');
  perform test.equal(test.by(v_operator, $q$select dot.fn_context_sign('birth', 'x')$q$), '42501');
  perform test.equal(test.by(v_operator, $q$select count(*) from dot.dot_secret$q$), '42501');
  perform test.raises('DT403', $q$select * from dot.fn_sql_query('select dot.fn_context_sign(''birth'', ''x'')')$q$);
end
$$;
