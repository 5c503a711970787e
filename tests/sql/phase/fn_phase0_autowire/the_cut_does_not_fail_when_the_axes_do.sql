do $$
declare
  v_done jsonb;
begin
  perform dot.fn_phase0_autowire();
  alter table dot.iu_three_axis_envelope add constraint broken check (path <> 'a');
  v_done := dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\n']) || dot.fn_phase0_scratch('b.md', array[e'# B\n']));
  assert (select count(*) from dot.cut_request where state = 'completed') = 2, 'both cuts are complete: ' || v_done::text;
  assert (select array_agg(path) from dot.iu_three_axis_envelope) = array['b'], 'the sound one has its axes';
  assert (select state from dot.fn_iu_health() where item = 'failed deliveries') = 'red', 'health is red';
  alter table dot.iu_three_axis_envelope drop constraint broken;
  assert dot.fn_consumer_retry('iu.axis_materialize') @> '{"delivered": 1, "failed": 0}', 'a retry makes up for it';
  assert not exists (select 1 from dot.fn_iu_health() where state = 'red'), 'health is well again';
end
$$;
