create or replace function dot.fn_command_rows_old(p_new jsonb, p_limit int) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_xid     xid8 := (p_new ->> 'xid')::xid8;
  v_result  jsonb := '[]'::jsonb;
  v_table   record;
  v_keys    text;
  v_updated jsonb;
  v_deleted jsonb;
begin
  for v_table in
    select c.oid as relid, t.relation, t.key, t.updated, t.deleted, t.rows
      from jsonb_to_recordset(p_new -> 'tables') as t(relation text, oid bigint, key text[], updated bigint, deleted bigint, rows jsonb)
      join pg_class c on c.oid = t.oid::oid
     where t.key is not null and has_table_privilege(c.oid, 'select')
  loop
    select string_agg(format('t.%1$I = k.%1$I', k), ' and ') into v_keys from unnest(v_table.key) k;
    v_updated := '[]';
    v_deleted := '[]';
    if v_table.updated > 0 then
      execute format(
        'select coalesce(jsonb_agg(jsonb_build_object(''key'', (select jsonb_object_agg(c, to_jsonb(t) -> c) from unnest($1) c), ''row'', to_jsonb(t))), ''[]'')
           from jsonb_array_elements($2) e, jsonb_populate_record(null::%1$s, e -> ''key'') k join %1$s t on %2$s',
        v_table.relid::regclass, v_keys)
        into v_updated using v_table.key, v_table.rows;
    end if;
    if v_table.deleted > 0 then
      execute format(
        'select coalesce(jsonb_agg(jsonb_build_object(''key'', (select jsonb_object_agg(c, r.row -> c) from unnest($1) c), ''row'', r.row)), ''[]'')
           from (select to_jsonb(t) as row from %s t
                  where t.xmax <> ''0''::xid and age(t.xmax) <= age($2::text::xid)
                    and pg_xact_status(dot.fn_command_widen(t.xmax, $3)) = ''in progress''
                  limit $4) r', v_table.relid::regclass)
        into v_deleted using v_table.key, (v_xid::xid)::text, v_xid, p_limit;
    end if;
    v_result := v_result || jsonb_build_object('relation', v_table.relation, 'oid', v_table.relid::bigint, 'key', v_table.key,
      'updated', v_updated, 'deleted', v_deleted);
  end loop;
  return v_result;
end
$$;
comment on function dot.fn_command_rows_old(jsonb, int) is
  'Called on a second connection with the result of fn_command_rows_new: the same rows as they were. updated: by key; deleted: candidates, rows whose deleter is as young as that transaction and still in progress, at most p_limit a table. [{relation, oid, key, updated: [{key, row}], deleted: [{key, row}]}].';
