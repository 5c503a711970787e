do $$
begin
  perform set_config('dot.proposal_id', gen_random_uuid()::text, true);
  perform test.equal(dot.fn_proposal_current(), null::uuid);
  perform dot.fn_context_put('applies', '01930c5e-0000-7000-8000-000000000000');
  perform test.equal(dot.fn_proposal_current(), '01930c5e-0000-7000-8000-000000000000'::uuid);
end
$$;
