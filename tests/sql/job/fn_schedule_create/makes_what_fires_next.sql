do $$
declare
  v_made jsonb := dot.fn_schedule_create('nightly', '0 3 * * *', 'system.noop', '{"a": 1}', 'Asia/Ho_Chi_Minh');
begin
  assert (v_made ->> 'next_at')::timestamptz > now() and v_made #>> '{inverse,schedule}' = 'nightly', v_made::text;
  perform test.refused(dot.fn_schedule_create('nightly', '@daily', 'system.noop'), 'schedule_exists');
  perform test.raises('DT404', $q$select dot.fn_schedule_create('a', '@daily', 'no.kind')$q$);
  perform test.raises('DT400', $q$select dot.fn_schedule_create('a', '0 0 31 2 *', 'system.noop')$q$, '%no time%');
  perform test.raises('DT400', $q$select dot.fn_schedule_create('a', 'x', 'system.noop')$q$);
  perform dot.fn_schedule_drop('nightly');
  assert dot.fn_schedule_create('nightly', '@hourly', 'system.noop') ? 'next_at', 'one that was dropped may come back';
end
$$;
