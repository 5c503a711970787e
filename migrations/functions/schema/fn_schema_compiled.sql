create or replace function dot.fn_schema_compiled(p_function regprocedure) returns void
language sql volatile security definer set search_path = dot, pg_temp
as $$
  insert into dot.schema_compiled as c (function_name, major, digest)
  select p_function::text, current_setting('server_version_num')::int / 10000, encode(sha256(convert_to(pg_get_functiondef(p_function), 'UTF8')), 'hex')
  on conflict (function_name) do update set major = excluded.major, digest = excluded.digest
   where (c.major, c.digest) <> (excluded.major, excluded.digest)
$$;
comment on function dot.fn_schema_compiled(regprocedure) is
  'Notes in schema_compiled what a function of schema dot_compiled is, which was made just now.';
