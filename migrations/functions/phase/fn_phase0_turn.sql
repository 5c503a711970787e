create or replace function dot.fn_phase0_turn(p_on boolean, p_for_good boolean) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_events    bigint[];
  v_delivered jsonb := '{"delivered": 0, "failed": 0}'::jsonb;
begin
  perform dot.fn_phase0_wire(p_on);
  if p_on and p_for_good then
    -- The cuts that completed before: their events, as if they came now.
    v_events := array(
      select o.event_id from dot.event_outbox o
       where o.event_type in ('iu.cut.completed', 'iu.piece.split', 'iu.piece.merge', 'iu.piece.revert')
         and not exists (
           select 1 from dot.consumer_delivery d
            where d.consumer_code = 'iu.axis_materialize' and d.event_id = o.event_id and d.state = 'delivered')
       order by o.event_id);
    v_delivered := dot.fn_consumer_dispatch(v_events, 'iu.axis_materialize');
  end if;
  return jsonb_build_object('backfilled', v_delivered -> 'delivered', 'failed', v_delivered -> 'failed');
end
$$;
comment on function dot.fn_phase0_turn(boolean, boolean) is
  'Turns the axes on or off: their consumer and their gate, and, for good, the events of the cuts that completed before. Returns {backfilled, failed}.';
