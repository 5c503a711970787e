do $$
declare
  v_args constant json := '{"gate": "test.clock", "value": "open"}';
  v_one  jsonb := test.perform('gate set', v_args, 'dry_run', 1);
  v_two  jsonb := test.perform('gate set', v_args, 'dry_run', 1);
  v_else jsonb := test.perform('gate set', '{"gate": "audit.read_commands", "value": "closed"}', 'dry_run', 1);
begin
  assert v_one #>> '{plan,rows_digest}' ~ '^[0-9a-f]{64}$', v_one -> 'plan';
  perform test.equal(v_one -> 'plan', v_two -> 'plan', 'the plan of the same change');
  assert v_one #>> '{plan,rows_digest}' <> v_else #>> '{plan,rows_digest}' and v_one #>> '{plan,base_digest}' <> v_else #>> '{plan,base_digest}', 'another change';
end
$$;
