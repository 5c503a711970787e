create or replace function dot.fn_iu_op_cleanup(p_cut_request_id uuid) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('iu cleanup', jsonb_build_object('cut', p_cut_request_id));
begin
  if v_refused is not null then
    return v_refused;
  end if;
  v_refused := dot.fn_cut_expect(p_cut_request_id, 'verified');
  if v_refused is not null then
    return dot.fn_command_answer('iu cleanup', v_refused);
  end if;
  perform dot.fn_cut_complete(array[p_cut_request_id]);
  return dot.fn_cut_summary(p_cut_request_id);
end
$$;
comment on function dot.fn_iu_op_cleanup(uuid) is
  'CLEANUP one verified cut request: drops what was staged, makes the document version current and emits iu.cut.completed. Returns the summary of the request. A refusal (DT409) when it is not verified, or when its document has changed since; DT404 when there is none.';
