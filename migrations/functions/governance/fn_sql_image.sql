create or replace function dot.fn_sql_image(p_table text, p_alias text) returns text
language sql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  select format('to_jsonb(%s.*)', p_alias) || coalesce(' || jsonb_build_object(' || string_agg(format('%L, %s', i.name,
           case when i.is_json then format('%s.%I::text', p_alias, i.name)
                else format($q$case when %1$s.%2$I::text ~ '(^|[{,])-0([,}]|$)' then to_jsonb(%1$s.%2$I::text) else to_jsonb(%1$s.%2$I) end$q$, p_alias, i.name)
           end), ', ' order by i.number) || ')', '')
    from dot.fn_sql_inexact(p_table) i
$$;
comment on function dot.fn_sql_image(text, text) is
  'The expression that makes the image of a row of a table under an alias: the row as jsonb, with the text of each json and of each negative zero, which jsonb does not hold (fn_sql_inexact).';
