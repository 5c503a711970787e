do $$
declare
  v_proposal uuid := test.tag_proposal();
begin
  assert dot.fn_proposal_check(v_proposal) @> '{"ok": true, "problems": []}', dot.fn_proposal_check(v_proposal)::text;
end
$$;
