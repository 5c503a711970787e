do $$
begin
  perform test.tag_proposal();
  perform test.raises('DT409', 'update dot.proposal_revision set revision = 9');
  perform test.raises('DT409', 'delete from dot.proposal_revision');
end
$$;
