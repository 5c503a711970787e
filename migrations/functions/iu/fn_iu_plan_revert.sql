create or replace function dot.fn_iu_plan_revert(p_decision uuid) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_operation jsonb := dot.fn_iu_operation_revert(p_decision);
begin
  if v_operation is null then
    return dot.fn_iu_not_active('what the decision made');
  end if;
  return jsonb_build_object('ok', true, 'operation', v_operation, 'operation_digest', dot.fn_review_digest(v_operation), 'preview', (
    select jsonb_build_object('supersedes', u.result -> 'after', 'brings_back', (
             select jsonb_agg(jsonb_build_object('unit', b -> 'unit', 'path', b -> 'path')) from jsonb_array_elements(u.result -> 'before') b))
      from dot.review_decision_use u where u.review_decision_id = p_decision));
end
$$;
comment on function dot.fn_iu_plan_revert(uuid) is
  'What taking back a split or merge would do, and the exact operation object that a reviewer decides on: {ok, operation, operation_digest, preview}. A refusal (DT409) when what it made has changed since; DT404 as fn_iu_operation_revert.';
