do $$
declare
  v_ann constant text := test.actor('ann', 'human', '{dot_operator}');
  v_next timestamptz;
begin
  perform test.by(v_ann, format('select dot.fn_schedule_create(%L, %L, %L, %L)::text', 's', '0 3 * * *', 'system.noop', '{}'));
  select next_at into strict v_next from dot.job_schedule where schedule_code = 's';
  perform test.equal(test.found('fire_put_off'), null::text[]);
  update dot.job_schedule set next_at = next_at - interval '5 days' where schedule_code = 's';
  perform test.equal(test.found('fire_put_off'), null::text[], 'it is late');
  update dot.job_schedule set next_at = v_next + interval '1 second' where schedule_code = 's';
  assert test.found('fire_put_off')::text like '%schedule s: it is not to fire before %', test.found('fire_put_off')::text;
  update dot.job_schedule set status = 'paused' where schedule_code = 's';
  perform test.equal(test.found('fire_put_off'), null::text[], 'it is paused');
end
$$;
