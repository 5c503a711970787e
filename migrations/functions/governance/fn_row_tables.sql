create or replace function dot.fn_row_tables()
returns table (relation text, oid regclass, key_columns text[], left_out text[], hidden text[])
language sql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  select c.relname::text, c.oid::regclass, string_to_array(a.args[1], ','), string_to_array(coalesce(a.args[2], ''), ','), string_to_array(coalesce(a.args[3], ''), ',')
    from pg_trigger t
    join pg_class c on c.oid = t.tgrelid and c.relnamespace = 'dot'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    cross join lateral (select string_to_array(encode(t.tgargs, 'escape'), '\000') as args) a
   where t.tgfoid = to_regprocedure('dot.fn_row_record()') and not t.tgisinternal
   order by 1
$$;
comment on function dot.fn_row_tables() is
  'The recorded tables, by their triggers (fn_row_record): {relation, oid, key_columns, left_out, hidden}.';
