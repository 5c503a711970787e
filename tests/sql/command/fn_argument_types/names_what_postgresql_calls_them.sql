-- Each is a type that PostgreSQL has, under the name by which it shows parameters.
do $$
begin
  perform test.equal((select string_agg(t.type, ',') from dot.fn_argument_types() t where format_type(to_regtype(t.pg_type), null) is distinct from t.pg_type), null::text);
  perform test.equal((select t.pg_type from dot.fn_argument_types() t where t.type = 'statements'), 'text[]');
end
$$;
