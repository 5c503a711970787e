set local role dot_owner;
create domain pg_temp.document as json;
create domain pg_temp.weight as double precision;
create temp table odd (id int, doc json, own pg_temp.document, docs json[], ratio real, w pg_temp.weight, ws double precision[], n numeric, b jsonb, t text[]) on commit drop;
do $$
begin
  assert (select string_agg(format('%s %s %s', name, is_json, is_list), ', ' order by number) from dot.fn_sql_inexact('pg_temp.odd'))
    = 'doc t f, own t f, docs t t, ratio f f, w f f, ws f t';
end $$;
