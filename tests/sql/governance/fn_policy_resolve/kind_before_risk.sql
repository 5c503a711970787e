do $$
begin
  assert (dot.fn_policy_resolve('iu_split', 'high')).policy_code is not null;
  perform test.equal((dot.fn_policy_resolve('policy_change', 'low')).proposal_kind, 'policy_change', 'policy changes have their own only');
end
$$;
