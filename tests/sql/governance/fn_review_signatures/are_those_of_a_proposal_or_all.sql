do $$
declare
  v_ann      text := test.signer('ann');
  v_proposal uuid := test.tag_proposal();
  v_id       uuid := (test.signs(v_ann, v_proposal, 'ann') ->> 'decision')::uuid;
  v_no       bigint;
begin
  perform dot.fn_review_record(v_proposal, 'approved', 'read', '[]', 'reviewer', 'human', null, false);
  perform test.equal((select jsonb_agg(jsonb_build_array(reviewer, signed, counts, problem) order by no) from dot.fn_review_signatures(v_proposal)), '[["ann", true, true, null], ["reviewer", false, true, null]]'::jsonb);
  select no into v_no from dot.fn_review_signatures() where decision = v_id and public_key = test.public_key('ann') and signature = test.signature('ann', statement);
  perform test.equal((select count(*)::int from dot.fn_review_signatures(p_limit => 1)), 1);
  perform test.equal((select count(*)::int from dot.fn_review_signatures(null, v_no)), 0, 'after the last signed one');
  perform test.equal((select count(*)::int from dot.fn_review_signatures(gen_random_uuid())), 0);
end
$$;
