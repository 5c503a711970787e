create or replace function dot.fn_sql_digest(p_run uuid, p_statements text[]) returns text
language sql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  with named as (
    -- Where a statement names its columns, it gives them; where it does not, it gives all.
    select coalesce(array_agg(trim(both ' "' from c)), '{}') as columns, bool_and(l.list is not null) as are_said
      from unnest(p_statements) s
     cross join lateral (select substring(s from '(?is)^\s*insert\s+into\s+[^\s(]+(?:\s+as\s+\w+)?\s*\(([\w\s",]+)\)') as list) l
      left join lateral regexp_split_to_table(l.list, '\s*,\s*') c on true
     where s ~* '^\s*insert\s'
  ),
  given as (
    -- What the server gives a new row, its number or its time, is another each time.
    select i.relation, i.operation, i.after - case i.operation when 'insert' then coalesce(d.columns, '{}') else '{}' end as row
      from dot.sql_row_image i
      left join (
        select r.relation, array_agg(a.attname::text) as columns
          from (select distinct relation from dot.sql_row_image where run_id = p_run) r
          join pg_attribute a on a.attrelid = r.relation::regclass and a.attnum > 0 and not a.attisdropped
          left join pg_attrdef f on f.adrelid = a.attrelid and f.adnum = a.attnum
         where (select coalesce(named.are_said, false) and a.attname <> all (named.columns) from named) and (a.attidentity <> '' or exists (
           select 1 from regexp_matches(f.adbin::text, ':(?:funcid|opfuncid) ([0-9]+)', 'g') m join pg_proc p on p.oid = m[1]::oid where p.provolatile <> 'i')
            or f.adbin::text ~ 'SQLVALUEFUNCTION|NEXTVALUEEXPR')
         group by 1) d using (relation)
     where i.run_id = p_run
  )
  select encode(sha256(convert_to(coalesce(string_agg(md5(concat_ws(' ', relation, operation, row)), '' order by relation, operation, row::text), ''), 'UTF8')), 'hex')
    from given
$$;
comment on function dot.fn_sql_digest(uuid, text[]) is
  'The digest (sha-256, hex) of what the rows of a run of sql exec became, whatever their order; without the columns of new rows that no statement names and the server fills anew each time.';
