do $$
declare
  v_text  text := test.by(test.signer('ann'), format('select dot.fn_proposal_statement(%L, p_rationale => ''a: b'') ->> ''statement''', test.tag_proposal()));
  v_parts jsonb := dot.fn_review_parts(v_text);
begin
  perform test.equal(dot.fn_review_text(v_parts), v_text);
  perform test.equal((v_parts ->> 'database')::jsonb, dot.fn_command_database());
  perform test.equal(dot.fn_review_parts(t), null::jsonb, t)
     from unnest(array[null, '', 'x', v_text || 'x', v_text || chr(10), ' ' || v_text, replace(v_text, '/1', '/2'), replace(v_text, 'kind: ', 'kind:'), v_text || 'kind: x' || chr(10)]) t;
end
$$;
