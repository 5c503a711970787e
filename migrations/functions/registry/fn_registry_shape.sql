create or replace function dot.fn_registry_shape(p_relation regclass, p_key_column text, p_columns jsonb) returns jsonb
language sql stable security definer set search_path = dot, pg_temp set quote_all_identifiers = off
as $$
  select coalesce(jsonb_agg(x.item order by x.item ->> 'column'), '[]') from (
    select jsonb_build_object('column', c.key, 'expected', c.value, 'found', format_type(a.atttypid, a.atttypmod)) as item
      from jsonb_each_text(p_columns) c
      left join pg_attribute a on a.attrelid = p_relation and a.attname = c.key and a.attnum > 0 and not a.attisdropped
     where a.attname is null or format_type(a.atttypid, a.atttypmod) <> c.value
    union all
    select jsonb_build_object('column', p_key_column, 'expected', 'unique', 'found', 'not unique')
     where p_key_column is not null and not exists (
       select 1 from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
        where i.indrelid = p_relation and i.indisunique and i.indpred is null and i.indnkeyatts = 1 and a.attname = p_key_column)) x
   where p_relation is not null
  having p_relation is not null
$$;
comment on function dot.fn_registry_shape(regclass, text, jsonb) is
  'How a relation differs from what is expected: [{column, expected, found}], empty when it has all columns {name: type} and its key (null: not asked) is unique. Null when p_relation is. Columns beyond the expected do not count.';
