create or replace function dot.fn_proposal_base(p_kind text, p_payload jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_function regprocedure;
  v_now      jsonb;
begin
  -- Its shape was judged when it was proposed; what it would change is looked at each time.
  select dot.fn_proposal_function(k.validate_function) into v_function from dot.proposal_kind k where k.kind_code = p_kind;
  if v_function is null then
    return null;
  end if;
  execute format('select %s($1)', v_function::regproc) into v_now using p_payload;
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
