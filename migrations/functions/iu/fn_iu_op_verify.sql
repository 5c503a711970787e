create or replace function dot.fn_iu_op_verify(p_cut_request_id uuid) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('iu verify', jsonb_build_object('cut', p_cut_request_id));
  v_problem text;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  v_refused := dot.fn_cut_expect(p_cut_request_id, 'cut');
  if v_refused is not null then
    return dot.fn_command_answer('iu verify', v_refused);
  end if;
  select p.problem into v_problem from dot.fn_cut_proof(array[p_cut_request_id]) p;
  perform dot.fn_cut_move(array[p_cut_request_id], case when v_problem is null then 'verified' else 'failed' end);
  return dot.fn_cut_summary(p_cut_request_id) || jsonb_build_object('ok', v_problem is null, 'problem', v_problem);
end
$$;
comment on function dot.fn_iu_op_verify(uuid) is
  'VERIFY one cut: proves by digest that its pieces are the document. Returns the summary of the request with ok; where the bytes differ, ok is false with the problem, and the request is failed for good. A refusal (DT409) when it is not cut; DT404 when there is none.';
