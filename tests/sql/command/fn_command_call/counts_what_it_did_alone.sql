do $$
declare
  v jsonb;
begin
  -- What the transaction did before is none of it, whatever is claimed of that.
  update dot.dot_config set updated_by = 'x';
  perform set_config('dot.effects_baseline', '{"tables": {}}', true);
  v := test.perform('gate set', '{"gate": "test.clock", "value": "open"}');
  perform test.equal(v #> '{effects,tables,dot.dot_config,updated}', '1'::jsonb);
  perform test.equal((test.run((v ->> 'run')::uuid)).effects -> 'tables', v #> '{effects,tables}', 'recorded');
end
$$;
