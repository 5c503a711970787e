create or replace function dot.fn_housekeeping_partitions() returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp set lock_timeout = '40ms'
as $$
declare
  v_result jsonb := jsonb_build_object('made', '[]'::jsonb, 'dropped', '[]'::jsonb, 'kept', '[]'::jsonb, 'expired', '[]'::jsonb, 'waited', '[]'::jsonb);
begin
  perform dot.fn_actor_able();
  -- Two at a time would each wait for what the other has.
  if not dot.fn_lock_try('event housekeeping') then
    return v_result || jsonb_build_object('skipped', true, 'partial', false);
  end if;
  -- Each part gives up after 40 ms without its locks, for who emits waits behind it, and takes nothing of the others with it.
  begin
    v_result := v_result || jsonb_build_object('made', dot.fn_event_partitions_make());
  exception when lock_not_available then
    v_result := jsonb_set(v_result, '{waited,-1}', '"partitions ahead"', true);
  end;
  begin
    v_result := v_result || dot.fn_event_cursor_rotate();
  exception when lock_not_available then
    v_result := jsonb_set(v_result, '{waited,-1}', '"positions"', true);
  end;
  -- Last, for what it locks stays locked until the commit.
  begin
    v_result := v_result || dot.fn_event_partitions_drop();
  exception when lock_not_available then
    v_result := jsonb_set(v_result, '{waited,-1}', '"old partitions"', true);
  end;
  return v_result || jsonb_build_object('partial', v_result -> 'waited' <> '[]');
end
$$;
comment on function dot.fn_housekeeping_partitions() is
  'What keeps the event stream in shape, to be called at least daily: makes partitions ahead, drops old ones that everybody has passed, rotates the log of positions. Waits 40 ms for a lock at most, and leaves that part to the next call. Returns {made, dropped, kept: [{partition, because}], expired, ticks, positions, waited, partial}, and skipped while someone else is at it.';
