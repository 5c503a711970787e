do $$
begin
  perform test.equal(dot.fn_proposal_state('submitted', now() - interval '1 day'), 'expired');
  perform test.equal(dot.fn_proposal_state('submitted', now() + interval '1 day'), 'submitted');
  perform test.equal(dot.fn_proposal_state('merged', now() - interval '1 day'), 'merged');
end
$$;
