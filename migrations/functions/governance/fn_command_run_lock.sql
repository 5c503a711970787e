create or replace function dot.fn_command_run_lock(p_payload jsonb) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_table record;
  v_match text;
begin
  for v_table in
    select c.oid as relid, jsonb_agg(k.item -> 'key' order by k.item ->> 'key') as keys,
           (select array_agg(a.attname::text) from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey::int2[])
             where i.indrelid = c.oid and i.indisprimary) as key
      from jsonb_array_elements(case jsonb_typeof(p_payload -> 'keys') when 'array' then p_payload -> 'keys' else '[]' end) k(item)
      join pg_class c on c.oid = to_regclass(k.item ->> 'table') and c.relkind in ('r', 'p') and has_table_privilege(c.oid, 'update')
     group by 1 order by c.oid::regclass::text
  loop
    select string_agg(format('t.%1$I = k.%1$I', k), ' and ') into v_match from unnest(v_table.key) k;
    execute format('select 1 from jsonb_array_elements($1) e, jsonb_populate_record(null::%1$s, e) k join %1$s t on %2$s order by e::text for update of t',
      v_table.relid::regclass, v_match) using v_table.keys;
  end loop;
end
$$;
comment on function dot.fn_command_run_lock(jsonb) is 'Locks the rows that a proposed plan replaces until the end of the transaction.';
