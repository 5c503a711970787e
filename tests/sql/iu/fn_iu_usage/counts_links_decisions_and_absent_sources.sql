do $$
declare
  v_unit uuid;
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\nbc\n']));
  select unit into v_unit from dot.fn_iu_list('a.md');
  perform dot.fn_iu_link(v_unit, 'task', 'check-papers');
  perform dot.fn_review_record((dot.fn_proposal_submit('iu_split', jsonb_build_object('unit', v_unit, 'at', array[2])) ->> 'proposal')::uuid,
    'rejected', 'no', '[]', 'r', 'human', null, false);
  assert (select count(*) from dot.fn_iu_usage(v_unit)) = 8, 'eight signals';
  assert (select jsonb_object_agg(signal, count) from dot.fn_iu_usage(v_unit))
    @> '{"referenced_by_task": 1, "cited_in_decision": 1, "pinned_by_run": 0, "rendered": 0}', 'as they are';
end
$$;
