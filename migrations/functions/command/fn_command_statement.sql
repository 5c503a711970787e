create or replace function dot.fn_command_statement(p_command text, p_args jsonb) returns text
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_command  dot.dot_command_catalog;
  v_function regprocedure := dot.fn_command_function(p_command);
  v_given    text;
begin
  select * into v_command from dot.dot_command_catalog where command_code = p_command and status <> 'retired';
  if v_function is null then
    raise exception using errcode = 'DT505', message = format('%s calls no function of the platform', p_command), hint = 'dot catalog check names what is wrong.';
  end if;
  -- The text depends on the declaration and on which arguments are given, never on their values.
  select string_agg(format('%I => %s', a.param, case
           when a.param = b.bodies then '$2'
           when y.pg_type like '%[]' then format(
             'array(select x.value::%s from jsonb_array_elements_text(nullif($1 -> %L, ''null'')) with ordinality x(value, n) order by x.n)',
             rtrim(y.pg_type, '[]'), a.name)
           when y.pg_type = 'jsonb' then format('nullif($1 -> %L, ''null'')', a.name)
           else format('($1 ->> %L)::%s', a.name, y.pg_type) end), ', ' order by a.n)
    into v_given
    from rows from (jsonb_to_recordset(coalesce(v_command.spec -> 'args', '[]')) as (name text, type text, param text, bodies_param text)) with ordinality d(name, type, param, bodies_param, n)
   cross join lateral (select d.bodies_param as bodies) b
   cross join lateral (
     select d.name, d.type, d.param, d.n
     union all
     select d.name, d.type, d.bodies_param, d.n where d.bodies_param is not null) a
    left join dot.fn_argument_types() y on y.type = a.type
   where a.param is not null and p_args ? a.name;
  return (select format('%I.%I(%s)', n.nspname, p.proname, coalesce(v_given, ''))
            from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.oid = v_function);
end
$$;
comment on function dot.fn_command_statement(text, jsonb) is
  'The call of the command''s function with these arguments, by the mapping of its declaration: an SQL expression for FROM, in which $1 is the arguments as jsonb and $2 the bodies of documents as text. Arguments that are absent are left to the function''s defaults. DT505 where fn_command_function finds none.';
