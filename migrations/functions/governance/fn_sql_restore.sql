create or replace function dot.fn_sql_restore(p_run uuid) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused  jsonb := dot.fn_command_guard('sql restore', jsonb_build_object('run', p_run));
  v_table    text;
  v_left     jsonb := '[]'::jsonb;
  v_since    bigint := 0;
  v_restored bigint := 0;
  v_part     jsonb;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if not exists (select 1 from dot.dot_command_run where run_id = p_run and command_code = any (dot.fn_command_with('exec_sql')) and state = 'succeeded')
    or not exists (select 1 from dot.sql_row_image where run_id = p_run)
  then
    raise exception using errcode = 'DT404', message = format('there are no row images of run %s', p_run),
      hint = 'Runs of dot sql exec that changed rows have them, up to sql.max_images: dot run list';
  end if;
  for v_table in select distinct relation from dot.sql_row_image where run_id = p_run order by 1
  loop
    v_part := dot.fn_sql_restore_table(p_run, v_table);
    v_restored := v_restored + (v_part ->> 'restored')::bigint;
    v_since := v_since + (v_part ->> 'changed_since')::bigint;
    v_left := v_left || (v_part -> 'left');
  end loop;
  return jsonb_build_object('run', p_run, 'restored', v_restored, 'changed_since', v_since, 'left', v_left, 'partial', v_since > 0);
end
$$;
comment on function dot.fn_sql_restore(uuid) is
  'Gives the rows that a run of dot sql exec changed their former content, all but those that someone has changed since. Returns {run, restored, changed_since, left: [{table, key, expected, found}] (1,000 a table), partial}. DT404 without row images, DT409 where the run changed primary keys.';
