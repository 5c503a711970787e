create or replace function dot.fn_proposal_base(p_kind text, p_payload jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_now jsonb := dot.fn_proposal_validate(p_kind, p_payload);
begin
  if v_now ->> 'refused' = 'true' then
    return jsonb_build_object('problem', v_now -> 'message');
  end if;
  return v_now -> 'base';
exception
  when data_exception or sqlstate 'DT400' or sqlstate 'DT404' then
    return jsonb_build_object('problem', sqlerrm);
end
$$;
comment on function dot.fn_proposal_base(text, jsonb) is
  'The live base of a payload, as its digest is taken at approval and at execution; {problem} where it can no longer be done at all.';
