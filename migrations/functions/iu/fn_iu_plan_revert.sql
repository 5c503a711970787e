create or replace function dot.fn_iu_plan_revert(p_undo uuid) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_operation jsonb := dot.fn_iu_operation_revert(p_undo);
begin
  if v_operation is null then
    return dot.fn_iu_not_active('what it made');
  end if;
  return jsonb_build_object('ok', true, 'operation', v_operation, 'operation_digest', dot.fn_proposal_digest(v_operation), 'preview', (
    select jsonb_build_object('supersedes', p.outcome_jsonb -> 'after', 'brings_back', (
             select jsonb_agg(jsonb_build_object('unit', b -> 'unit', 'path', b -> 'path')) from jsonb_array_elements(p.outcome_jsonb -> 'before') b))
      from dot.proposal p where p.proposal_id = p_undo));
end
$$;
comment on function dot.fn_iu_plan_revert(uuid) is
  'What taking back a split or merge would do, and the exact operation that an approval of it is bound to: {ok, operation, operation_digest, preview}. A refusal (DT409) when what it made has changed since; DT404 as fn_iu_operation_revert.';
