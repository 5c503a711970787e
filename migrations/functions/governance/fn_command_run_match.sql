create or replace function dot.fn_command_run_match(p_table regclass) returns text
language sql stable security definer set search_path = dot, pg_temp
as $$
  select string_agg(format('t.%1$I = k.%1$I', a.attname), ' and ')
    from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey::int2[])
   where i.indrelid = p_table and i.indisprimary and dot.fn_command_foreign(p_table) is null
$$;
comment on function dot.fn_command_run_match(regclass) is
  'The condition that joins a table t with keys k by its primary key; null where it has none or is not the platform''s to read.';
