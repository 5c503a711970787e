do $$
declare
  v jsonb := test.perform('proposal withdraw', json_build_object('proposal', test.merged('registry_entry', jsonb_build_object('registry', 'tags', 'key', 'grants',
    'owner', 'ann', 'purpose', 'x', 'entry', jsonb_build_object('facet', 'domain', 'title', 'T', 'summary', 's')))));
begin
  perform test.refused(v -> 'refusal', 'proposal_spent');
  assert (test.run((v ->> 'run')::uuid)).state = 'refused' and (test.run((v ->> 'run')::uuid)).error = v -> 'refusal', v::text;
end
$$;
