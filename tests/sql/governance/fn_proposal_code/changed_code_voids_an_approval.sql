do $$
declare
  v_id  uuid := test.tag_proposal();
  v_def text := pg_get_functiondef('dot.fn_registry_apply(jsonb)'::regprocedure);
begin
  perform dot.fn_review_record(v_id, 'approved', 'read', '[]', 'reviewer', 'human', null, false);
  assert dot.fn_proposal_judge(v_id) -> 'refusal' = 'null', 'it may be applied';
  execute replace(v_def, 'begin', 'begin -- changed');
  perform test.refused(dot.fn_proposal_judge(v_id) -> 'refusal', 'code_changed');
  perform test.refused(dot.fn_proposal_apply(v_id), 'code_changed');
  execute v_def;
  assert dot.fn_proposal_judge(v_id) -> 'refusal' = 'null', 'as it was';
end
$$;
