do $$
declare
  v_args constant jsonb := '{"gate": "test.clock", "value": "open"}';
  v_run  uuid := test.proposed('command_run', jsonb_build_object('command', 'gate set', 'args', v_args));
  v_tag  uuid := test.tag_proposal();
begin
  perform test.equal(dot.fn_proposal_args(v_run::text, 'gate set'), v_args::text);
  assert dot.fn_proposal_args(v_run::text, 'iu tag') is null, 'another command';
  perform test.equal(dot.fn_proposal_args(v_tag::text, 'proposal apply'), jsonb_build_object('proposal', v_tag)::text);
end
$$;
