do $$
begin
  perform test.equal(dot.fn_proposal_digest('{"a": 1, "b": 2}'), dot.fn_proposal_digest('{"b": 2,   "a": 1}'));
  perform test.equal(dot.fn_proposal_digest(null), dot.fn_proposal_digest('null'), 'null is JSON null');
  assert dot.fn_proposal_digest('{"a": 1}') <> dot.fn_proposal_digest('{"a": 2}');
end
$$;
