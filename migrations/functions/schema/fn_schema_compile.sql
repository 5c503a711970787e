create or replace function dot.fn_schema_compile(p_schema jsonb, p_documents jsonb default null, p_also jsonb default null) returns text
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  -- A changed compiler makes functions of its own beside those that are in use.
  c_version constant text := '1';
  v_link    jsonb := dot.fn_schema_link(p_schema, p_documents);
  v_sql     text;
  v_more    text;
  v_name    text;
begin
  if v_link -> 'off' <> '{}' then
    return null;
  end if;
  select o_sql into v_sql from dot.fn_schema_expression(v_link, v_link -> 'schema', v_link ->> 'base', '{}', 'v', '(v #>> ''{}'')', 1, 2000);
  if v_sql is not null and p_also is not null then
    v_link := dot.fn_schema_link(p_also, p_documents);
    select o_sql into v_more from dot.fn_schema_expression(v_link, v_link -> 'schema', v_link ->> 'base', '{}', 'v', '(v #>> ''{}'')', 1, 2000);
    v_sql := '(' || v_sql || ' and ' || v_more || ')';
  end if;
  if v_sql is null then
    return null;
  end if;
  v_name := 's_' || left(encode(sha256(convert_to(c_version || ' ' || v_sql, 'UTF8')), 'hex'), 40);
  -- Two that compile the same schema at once make the function once.
  perform dot.fn_lock_take('schema', v_name);
  if to_regprocedure(format('dot_compiled.%I(jsonb)', v_name)) is null then
    execute format('create function dot_compiled.%I(v jsonb) returns boolean language sql immutable parallel safe return %s', v_name, v_sql);
    execute format('revoke execute on function dot_compiled.%I(jsonb) from public', v_name);
    execute format('comment on function dot_compiled.%I(jsonb) is %L', v_name, 'Whether a value is valid under a schema; made by dot.fn_schema_compile.');
    perform dot.fn_schema_compiled(to_regprocedure(format('dot_compiled.%I(jsonb)', v_name)));
  end if;
  return 'dot_compiled.' || v_name;
end
$$;
comment on function dot.fn_schema_compile(jsonb, jsonb, jsonb) is
  'Compiles a schema into one immutable SQL function boolean(jsonb), named by its content, which PostgreSQL can inline into a set-based check; with p_also, a value must be valid under that schema too. Returns its name (dot_compiled.s_…), or null for a schema that only the interpreter can serve. DT400 as fn_schema_link.';
