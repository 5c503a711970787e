create or replace function dot.fn_iu_op_cut(p_cut_request_id uuid) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('iu cut', jsonb_build_object('cut', p_cut_request_id));
begin
  if v_refused is not null then
    return v_refused;
  end if;
  v_refused := dot.fn_cut_expect(p_cut_request_id, 'approved');
  if v_refused is not null then
    return dot.fn_command_answer('iu cut', v_refused);
  end if;
  perform dot.fn_cut_apply(array[p_cut_request_id]);
  return dot.fn_cut_summary(p_cut_request_id);
end
$$;
comment on function dot.fn_iu_op_cut(uuid) is
  'CUT one approved cut request into units and versions. Readers see them after cleanup. Returns the summary of the request. A refusal (DT409) when it is not approved, or when its document has changed since it was staged; DT404 when there is none.';
