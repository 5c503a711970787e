create or replace function dot.fn_registry_shape(p_table text, p_key_column text, p_columns jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_table regclass := to_regclass('dot.' || quote_ident(p_table));
begin
  if v_table is null then
    return null;
  end if;
  return (
    select coalesce(jsonb_agg(x.item order by x.item ->> 'column'), '[]') from (
      select jsonb_build_object('column', c.key, 'expected', c.value, 'found', format_type(a.atttypid, a.atttypmod)) as item
        from jsonb_each_text(p_columns) c
        left join pg_attribute a on a.attrelid = v_table and a.attname = c.key and a.attnum > 0 and not a.attisdropped
       where a.attname is null or format_type(a.atttypid, a.atttypmod) <> c.value
      union all
      select jsonb_build_object('column', p_key_column, 'expected', 'unique', 'found', 'not unique')
       where p_key_column is not null and not exists (
         select 1 from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
          where i.indrelid = v_table and i.indisunique and i.indnkeyatts = 1 and a.attname = p_key_column)) x);
end
$$;
comment on function dot.fn_registry_shape(text, text, jsonb) is
  'How a table of schema dot differs from what is expected: [{column, expected, found}], empty when it has all columns {name: type} and its key (null: not asked) is unique. Null when there is no such table. Columns beyond the expected do not count.';
