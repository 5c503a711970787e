create or replace function dot.fn_sql_inexact(p_table text) returns table (name name, number smallint, is_json boolean, is_list boolean)
language sql stable security definer set search_path = dot, pg_temp
as $$
  with recursive base as (
    select a.attname, a.attnum, a.atttypid as type, false as is_list
      from pg_attribute a where a.attrelid = p_table::regclass and a.attnum > 0 and not a.attisdropped
    union all
    select b.attname, b.attnum, case t.typtype when 'd' then t.typbasetype else t.typelem end, b.is_list or t.typtype <> 'd'
      from base b join pg_type t on t.oid = b.type
     where t.typtype = 'd' or (t.typcategory = 'A' and t.typelem <> 0)
  )
  select b.attname, b.attnum, b.type = 'json'::regtype, b.is_list
    from base b
   where b.type in ('json'::regtype, 'real'::regtype, 'double precision'::regtype)
$$;
comment on function dot.fn_sql_inexact(text) is
  'The columns of a table whose values jsonb may not hold as they are: json loses its text, a double the sign of zero. Domains and arrays of them too.';
