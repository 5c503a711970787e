do $$
declare
  v_proposal uuid := test.tag_proposal();
begin
  perform dot.fn_proposal_revise(v_proposal, '{"registry": "tags", "key": "grants", "owner": "ann", "purpose": "x", "entry": {"facet": "domain", "title": "Other", "summary": "s"}}');
  perform test.equal((select array_agg(path || ' ' || (before #>> '{}') || ' ' || (after #>> '{}')) from dot.fn_proposal_diff(v_proposal, 1, 2)), '{"entry.title T Other"}'::text[]);
  perform test.raises('DT404', format('select * from dot.fn_proposal_diff(%L)', gen_random_uuid()));
end
$$;
