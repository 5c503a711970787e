create or replace function dot.fn_iu_op_mark(p_cut_request_id uuid) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('iu mark', jsonb_build_object('cut', p_cut_request_id));
begin
  if v_refused is not null then
    return v_refused;
  end if;
  v_refused := dot.fn_cut_expect(p_cut_request_id, 'staged');
  if v_refused is not null then
    return dot.fn_command_answer('iu mark', v_refused);
  end if;
  perform dot.fn_cut_mark(array[p_cut_request_id]);
  return dot.fn_cut_summary(p_cut_request_id);
end
$$;
comment on function dot.fn_iu_op_mark(uuid) is
  'MARK one staged cut request: its pieces with digest, lines and place in the tree. Returns the summary of the request. A refusal (DT409) when it is not staged; DT404 when there is none.';
