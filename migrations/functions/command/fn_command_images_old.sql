create or replace function dot.fn_command_images_old(p_new jsonb, p_limit int, p_multi int) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_xid     xid8 := (p_new ->> 'xid')::xid8;
  v_result  jsonb := '[]'::jsonb;
  v_table   record;
  v_match   text;
  v_made    text;
  v_updated jsonb;
  v_deleted jsonb;
begin
  for v_table in
    select t.oid::oid as relid, t.relation, t.key, t.updated, t.deleted, t.rows
      from jsonb_to_recordset(p_new -> 'tables') as t(relation text, oid bigint, key text[], updated bigint, deleted bigint, rows jsonb)
     where t.key is not null
  loop
    select string_agg(format('t.%1$I = k.%1$I', k), ' and ') into v_match from unnest(v_table.key) k;
    -- Replaced or deleted by a transaction that goes on. A row that was locked first has a multixact there instead, one made
    -- since the run began.
    v_made := '(t.xmax <> ''0''::xid and (mxid_age(t.xmax) between 1 and $5 or age(t.xmax) <= age($2::text::xid)
                and pg_xact_status(dot.fn_command_widen(t.xmax, $3)) = ''in progress''))';
    v_updated := '[]';
    v_deleted := '[]';
    if v_table.updated > 0 then
      execute format(
        'select coalesce(jsonb_agg(jsonb_build_object(''key'', (select jsonb_object_agg(c.name, to_jsonb(t.*) -> c.name) from unnest($1) c(name)), ''row'', to_jsonb(t.*),
                  ''at'', t.ctid::text, ''moved'', not %3$s)), ''[]'')
           from jsonb_array_elements($4) e(written), jsonb_populate_record(null::%1$s, e.written -> ''key'') k join %1$s t on %2$s',
        v_table.relid::regclass, v_match, v_made)
        into v_updated using v_table.key, (v_xid::xid)::text, v_xid, v_table.rows, p_multi;
    end if;
    if v_table.deleted > 0 then
      execute format(
        'select coalesce(jsonb_agg(jsonb_build_object(''key'', (select jsonb_object_agg(c.name, r.image -> c.name) from unnest($1) c(name)), ''row'', r.image)), ''[]'')
           from (select to_jsonb(t.*) as image from %s t where %s limit $4) r', v_table.relid::regclass, v_made)
        into v_deleted using v_table.key, (v_xid::xid)::text, v_xid, p_limit, p_multi;
    end if;
    v_result := v_result || jsonb_build_object('relation', v_table.relation, 'oid', v_table.relid::bigint, 'key', v_table.key,
      'updated', v_updated, 'deleted', v_deleted);
  end loop;
  return v_result;
end
$$;
comment on function dot.fn_command_images_old(jsonb, int, int) is
  'The rows of fn_command_images_new as they were: being STABLE, it reads by the snapshot of the statement that calls it, which is older than the changes when that statement makes them. p_multi: how many multixacts the server has made since. updated: by key, moved where the row that was replaced is not the one of that snapshot; deleted: candidates, at most p_limit a table. [{relation, oid, key, updated: [{key, row, at, moved}], deleted: [{key, row}]}].';
