do $$
declare
  v_proposal uuid := test.tag_proposal();
begin
  perform test.equal((select array_agg(proposal) from dot.fn_proposal_list(p_kind => 'registry_entry', p_open => true)), array[v_proposal]);
  perform dot.fn_proposal_withdraw(v_proposal);
  assert not exists (select 1 from dot.fn_proposal_list(p_kind => 'registry_entry', p_open => true)) and not exists (select 1 from dot.fn_proposal_list(p_kind => 'iu_split'));
  perform test.equal((select array_agg(proposal) from dot.fn_proposal_list('withdrawn')), array[v_proposal]);
end
$$;
