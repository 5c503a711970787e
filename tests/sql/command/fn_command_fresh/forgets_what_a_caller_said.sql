do $$
declare
  v jsonb;
begin
  perform set_config('dot.warnings', '["approved by everyone"]', true);
  v := test.perform('gate set', '{"gate": "test.clock", "value": "open"}');
  assert not (test.run((v ->> 'run')::uuid)).effects ? 'warnings', (test.run((v ->> 'run')::uuid)).effects::text;
end
$$;
