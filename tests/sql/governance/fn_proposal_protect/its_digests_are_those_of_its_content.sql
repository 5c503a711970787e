do $$
declare
  v_proposal uuid := test.tag_proposal();
begin
  perform test.raises('DT409', format($q$update dot.proposal set proposed_action_jsonb = '{}' where proposal_id = %L$q$, v_proposal));
  perform test.raises('DT409', format($q$update dot.proposal set payload_digest = 'x' where proposal_id = %L$q$, v_proposal));
  perform test.raises('DT409', 'delete from dot.proposal');
end
$$;
