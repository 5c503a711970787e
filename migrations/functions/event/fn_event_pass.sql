create or replace function dot.fn_event_pass(p_subscription text, p_epoch bigint, p_position text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_cursor dot.event_cursor;
  v_tick   bigint := case when p_position ~ '^[0-9]{1,18}:[0-9]{1,18}$' then split_part(p_position, ':', 1)::bigint end;
  v_event  bigint := case when v_tick is not null then split_part(p_position, ':', 2)::bigint end;
begin
  if v_tick is null or p_epoch is null then
    raise exception using errcode = 'DT400', message = format('invalid position %s', coalesce(p_position, 'null')),
      hint = 'Give the epoch and the position that fn_event_read returned with the last event you dealt with.';
  end if;
  perform dot.fn_subscription_hold(p_subscription, p_epoch);
  v_cursor := dot.fn_subscription_cursor(p_subscription);
  if v_cursor.to_tick is distinct from v_tick or v_event <= v_cursor.after_event or v_event > v_cursor.last_event then
    raise exception using errcode = 'DT409', message = format('subscription %s no longer stands before position %s', p_subscription, p_position),
      hint = 'Another reader has acknowledged these events. Roll back what you did with them, and read again.',
      detail = jsonb_build_object('subscription', p_subscription, 'position', concat_ws(':', coalesce(v_cursor.to_tick, v_cursor.from_tick), v_cursor.after_event))::text;
  end if;
  v_cursor.after_event := v_event;
  v_cursor := dot.fn_subscription_move(v_cursor);
  return jsonb_build_object('subscription', p_subscription, 'epoch', p_epoch, 'position_no', v_cursor.position_no, 'batch_done', v_cursor.to_tick is null);
end
$$;
comment on function dot.fn_event_pass(text, bigint, text) is
  'What fn_event_ack does, for the functions of the platform alone, and for a subscription of any delivery.';
