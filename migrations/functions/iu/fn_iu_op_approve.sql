create or replace function dot.fn_iu_op_approve(p_cut_request_id uuid) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('iu approve', jsonb_build_object('cut', p_cut_request_id));
begin
  if v_refused is not null then
    return v_refused;
  end if;
  v_refused := dot.fn_cut_expect(p_cut_request_id, 'marked');
  if v_refused is not null then
    return dot.fn_command_answer('iu approve', v_refused);
  end if;
  perform dot.fn_cut_move(array[p_cut_request_id], 'approved');
  return dot.fn_cut_summary(p_cut_request_id);
end
$$;
comment on function dot.fn_iu_op_approve(uuid) is
  'APPROVE one marked cut request, so that it may be cut. Returns the summary of the request. A refusal (DT409) when it is not marked; DT404 when there is none.';
