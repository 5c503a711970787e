do $$
begin
  assert (select live and policy is not null from dot.fn_proposal_kinds() where kind = 'iu_split');
end
$$;
