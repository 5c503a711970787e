do $$
declare
  v_proposal uuid := test.tag_proposal();
begin
  assert dot.fn_proposal_payload(v_proposal) @> '{"kind": "registry_entry", "revision": 1, "payload": {"key": "grants"}}';
  perform test.raises('DT404', format('select dot.fn_proposal_payload(%L)', gen_random_uuid()));
end
$$;
