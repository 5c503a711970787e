create or replace function dot.fn_command_images_gone(p_old jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_result jsonb := '[]'::jsonb;
  v_table  record;
  v_match  text;
  v_rows   jsonb;
begin
  for v_table in
    select t.oid::oid as relid, t.relation, t.key, t.deleted
      from jsonb_to_recordset(p_old) as t(relation text, oid bigint, key text[], deleted jsonb)
     where jsonb_array_length(t.deleted) > 0
  loop
    select string_agg(format('t.%1$I = k.%1$I', k), ' and ') into v_match from unnest(v_table.key) k;
    execute format(
      'select coalesce(jsonb_agg(e.candidate), ''[]'') from jsonb_array_elements($1) e(candidate)
        where not exists (select 1 from jsonb_populate_record(null::%1$s, e.candidate -> ''key'') k join %1$s t on %2$s)',
      v_table.relid::regclass, v_match)
      into v_rows using v_table.deleted;
    v_result := v_result || jsonb_build_object('relation', v_table.relation, 'rows', v_rows);
  end loop;
  return v_result;
end
$$;
comment on function dot.fn_command_images_gone(jsonb) is
  'Which of the deletion candidates of fn_command_images_old this transaction no longer sees: those it deleted. A row that someone else is deleting, or that was only locked, is still visible here. [{relation, rows: [{key, row}]}].';
