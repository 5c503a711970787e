create or replace function dot.fn_proposal_preview(p_kind text, p_payload jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_function regprocedure;
  v_preview  jsonb;
begin
  select dot.fn_proposal_function(k.preview_function) into v_function from dot.proposal_kind k where k.kind_code = p_kind;
  if v_function is null then
    return null;
  end if;
  execute format('select %s($1)', v_function::regproc) into v_preview using p_payload;
  return v_preview;
exception
  when data_exception or sqlstate 'DT400' or sqlstate 'DT404' then
    return jsonb_build_object('problem', sqlerrm);
end
$$;
comment on function dot.fn_proposal_preview(text, jsonb) is 'What a payload would change on the state as it is now, by the preview function of its kind; null where it has none.';
