create or replace function dot.fn_iu_piece_merge(p_units uuid[]) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_args    jsonb := jsonb_build_object('units', p_units);
  v_refused jsonb := dot.fn_command_guard('iu merge', v_args);
begin
  return coalesce(v_refused, dot.fn_command_answer('iu merge', dot.fn_iu_merge_apply(v_args)));
end
$$;
comment on function dot.fn_iu_piece_merge(uuid[]) is
  'Rehearses the merge of units; for real it is done by applying an approved proposal of kind iu_merge. Result, refusals and errors as fn_iu_merge_apply; DT428 (approval_required) for anything but a rehearsal.';
