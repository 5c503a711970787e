create or replace function dot.fn_iu_revert(p_undo uuid) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_args    jsonb := jsonb_build_object('undo', p_undo);
  v_refused jsonb := dot.fn_command_guard('iu revert', v_args);
begin
  return coalesce(v_refused, dot.fn_command_answer('iu revert', dot.fn_iu_revert_apply(v_args)));
end
$$;
comment on function dot.fn_iu_revert(uuid) is
  'Rehearses taking back the split or merge of a proposal; for real it is done by applying an approved proposal of kind iu_revert. Result, refusals and errors as fn_iu_revert_apply; DT428 (approval_required) for anything but a rehearsal.';
