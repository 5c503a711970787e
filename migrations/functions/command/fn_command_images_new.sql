create or replace function dot.fn_command_images_new(p_before jsonb, p_limit int) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_now    jsonb := dot.fn_command_counters(false);
  v_xid    xid8 := pg_current_xact_id();
  v_tables jsonb := '[]'::jsonb;
  v_table  record;
  v_rows   jsonb;
begin
  for v_table in
    select c.oid as relid, format('%I.%I', n.nspname, c.relname) as relation,
           (k.value ->> 0)::bigint - coalesce((p_before #>> array['tables', k.key, '0'])::bigint, 0) as inserted,
           (k.value ->> 1)::bigint - coalesce((p_before #>> array['tables', k.key, '1'])::bigint, 0) as updated,
           (k.value ->> 2)::bigint - coalesce((p_before #>> array['tables', k.key, '2'])::bigint, 0) as deleted,
           case when dot.fn_command_foreign(c.oid) is null then
             (select array_agg(a.attname::text order by array_position(i.indkey::int2[], a.attnum))
                from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey::int2[])
               where i.indrelid = c.oid and i.indisprimary) end as key
      from jsonb_each(v_now -> 'tables') k
      join pg_class c on c.oid = k.key::oid
      join pg_namespace n on n.oid = c.relnamespace
  loop
    continue when v_table.inserted + v_table.updated + v_table.deleted = 0;
    v_rows := '[]';
    if v_table.key is not null and v_table.inserted + v_table.updated > 0 then
      -- Visible and not committed by anyone yet: written by this transaction or one of its subtransactions. The row as a
      -- whole is t.*, for a column may be called t.
      execute format(
        'select coalesce(jsonb_agg(jsonb_build_object(''key'', (select jsonb_object_agg(k.name, r.image -> k.name) from unnest($1) k(name)), ''row'', r.image, ''at'', r.at)), ''[]'')
           from (select to_jsonb(t.*) as image, t.ctid::text as at from %s t
                  where age(t.xmin) <= age($2::text::xid)
                    and pg_xact_status(dot.fn_command_widen(t.xmin, $3)) = ''in progress''
                  limit $4) r', v_table.relid::regclass)
        into v_rows using v_table.key, (v_xid::xid)::text, v_xid, p_limit;
    end if;
    v_tables := v_tables || jsonb_build_object('relation', v_table.relation, 'oid', v_table.relid::bigint, 'key', v_table.key,
      'inserted', v_table.inserted, 'updated', v_table.updated, 'deleted', v_table.deleted, 'rows', v_rows);
  end loop;
  return jsonb_build_object('xid', v_xid::text, 'tables', v_tables);
end
$$;
comment on function dot.fn_command_images_new(jsonb, int) is
  'The rows this transaction has written since the counters p_before, as they now are: {xid, tables: [{relation, oid, key: [columns], inserted, updated, deleted, rows: [{key, row, at: its place in the table}]}]}, at most p_limit rows a table. Tables without a primary key, and those of which something is not the platform''s (fn_command_foreign), have no key and no rows.';
