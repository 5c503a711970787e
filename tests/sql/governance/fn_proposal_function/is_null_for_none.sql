do $$
begin
  perform test.equal(dot.fn_proposal_function(null), null::regprocedure);
  perform test.equal(dot.fn_proposal_function('fn_no_such'), null::regprocedure);
  assert dot.fn_proposal_function('fn_registry_apply') is not null;
end
$$;
