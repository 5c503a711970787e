create or replace function dot.fn_sql_check(p_run uuid) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_outcome jsonb;
  v_images  bigint := (select count(*) from dot.sql_row_image where run_id = p_run);
begin
  select outcome into v_outcome from dot.dot_command_run where run_id = p_run and command_code = any (dot.fn_command_with('exec_sql', 'restore_sql')) and state = 'succeeded';
  return jsonb_build_object('run', p_run, 'ok', v_outcome is not null and coalesce((v_outcome ->> 'images')::bigint, v_images) = v_images, 'images', v_images);
end
$$;
comment on function dot.fn_sql_check(uuid) is
  'Checks that a run of dot sql exec or sql restore succeeded and that the row images it speaks of are there. Returns {run, ok, images}.';
