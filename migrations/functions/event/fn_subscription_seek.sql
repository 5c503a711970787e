create or replace function dot.fn_subscription_seek(p_subscription text, p_to text default 'now') returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused      jsonb := dot.fn_command_guard('subscription seek', jsonb_build_object('subscription', p_subscription, 'to', p_to));
  v_subscription dot.event_subscription;
  v_cursor       dot.event_cursor;
  v_former       jsonb;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  v_subscription := dot.fn_subscription_hold(p_subscription);
  update dot.event_subscription
     set epoch = epoch + 1, status = case when status = 'expired' then 'active' else status end, changed_at = clock_timestamp(),
         run_id = dot.fn_run_current()
   where subscription_code = p_subscription;
  v_cursor := dot.fn_subscription_cursor(p_subscription);
  v_former := jsonb_build_object('from_tick', v_cursor.from_tick, 'to_tick', v_cursor.to_tick, 'after_event', v_cursor.after_event);
  v_cursor.subscription_code := p_subscription;
  v_cursor.position_no := coalesce(v_cursor.position_no, 0);
  v_cursor.epoch := v_subscription.epoch + 1;
  v_cursor.from_tick := dot.fn_subscription_target(p_to);
  v_cursor.to_tick := null;
  v_cursor := dot.fn_subscription_move(v_cursor);
  return jsonb_build_object('subscription', p_subscription, 'to', p_to, 'tick', v_cursor.from_tick, 'epoch', v_cursor.epoch, 'former', v_former,
    'pending', (select b.pending from dot.fn_subscription_behind(p_subscription) b));
end
$$;
comment on function dot.fn_subscription_seek(text, text) is
  'Moves a subscription''s cursor to another place in the stream (see fn_subscription_target), in a new epoch, so that whoever read before cannot acknowledge. Going back delivers again, going forward skips. One that had lost events is active again. Returns {subscription, to, tick, epoch, former, pending}. DT404; DT400 for a place that is none.';
