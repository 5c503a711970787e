create or replace function dot.fn_command_rows_gone(p_old jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_result jsonb := '[]'::jsonb;
  v_table  record;
  v_match  text;
  v_keys   jsonb;
begin
  for v_table in
    select c.oid as relid, t.relation, t.key, t.deleted
      from jsonb_to_recordset(p_old) as t(relation text, oid bigint, key text[], deleted jsonb)
      join pg_class c on c.oid = t.oid::oid
     where jsonb_array_length(t.deleted) > 0 and has_table_privilege(c.oid, 'select')
  loop
    select string_agg(format('t.%1$I = k.%1$I', k), ' and ') into v_match from unnest(v_table.key) k;
    execute format(
      'select coalesce(jsonb_agg(e -> ''key''), ''[]'') from jsonb_array_elements($1) e
        where not exists (select 1 from jsonb_populate_record(null::%1$s, e -> ''key'') k join %1$s t on %2$s)',
      v_table.relid::regclass, v_match)
      into v_keys using v_table.deleted;
    v_result := v_result || jsonb_build_object('relation', v_table.relation, 'keys', v_keys);
  end loop;
  return v_result;
end
$$;
comment on function dot.fn_command_rows_gone(jsonb) is
  'Which of the deletion candidates of fn_command_rows_old this transaction no longer sees: those it deleted. A row that someone else is deleting is still visible here. [{relation, keys: [key]}].';
