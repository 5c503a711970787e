do $$
declare
  v jsonb := test.perform('gate set', '{"gate": "test.clock", "value": "open"}', 'dry_run', 10);
begin
  assert (test.run((v ->> 'run')::uuid)).state = 'rehearsed', v::text;
  perform test.equal((test.run((v ->> 'run')::uuid)).effects #> '{tables,dot.dot_config}', '{"inserted": 0, "updated": 1, "deleted": 0}'::jsonb, 'measured');
  perform test.equal((select value::text from dot.dot_config where config_key = 'test.clock'), 'false', 'the setting');
  assert v #>> '{images,0,before,value}' = 'false' and v #>> '{images,0,after,value}' = 'true', v -> 'images';
  assert current_setting('dot.mode') = 'dry_run', 'the envelope is that of the run';
end
$$;
