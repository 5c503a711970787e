create or replace function dot.fn_iu_piece_split(p_unit uuid, p_cut_points int[]) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_args    jsonb := jsonb_build_object('unit', p_unit, 'at', p_cut_points);
  v_refused jsonb := dot.fn_command_guard('iu split', v_args);
begin
  return coalesce(v_refused, dot.fn_command_answer('iu split', dot.fn_iu_split_apply(v_args)));
end
$$;
comment on function dot.fn_iu_piece_split(uuid, int[]) is
  'Rehearses the split of a unit; for real it is done by applying an approved proposal of kind iu_split. Result, refusals and errors as fn_iu_split_apply; DT428 (approval_required) for anything but a rehearsal.';
