create or replace function dot.fn_phase0_autowire(p_revert boolean default false, p_expect boolean default null) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused   jsonb := dot.fn_command_guard('phase0 autowire', jsonb_build_object('revert', p_revert, 'expect', p_expect));
  v_former    boolean := dot.fn_iu_wired();
  v_before    jsonb;
  v_events    bigint[];
  v_delivered jsonb := '{"delivered": 0, "failed": 0}'::jsonb;
  v_result    jsonb;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if v_former is distinct from coalesce(p_expect, v_former) or (p_revert and not v_former) then
    return dot.fn_command_refusal('DT409', 'moved', case when v_former then 'the axes are wired by now' else 'the axes are not wired' end,
      'dot phase0 wiring', jsonb_build_object('wired', v_former));
  end if;
  select jsonb_agg(to_jsonb(h)) into v_before from dot.fn_iu_health() h;
  perform dot.fn_phase0_wire(not p_revert);
  if not p_revert then
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
  v_result := jsonb_build_object('wired', not p_revert, 'former', v_former, 'consumer', 'iu.axis_materialize', 'gate', 'iu.post_cut.autowire',
    'backfilled', v_delivered -> 'delivered', 'failed', v_delivered -> 'failed', 'partial', (v_delivered ->> 'failed')::int > 0,
    'health_before', v_before, 'health_after', (select jsonb_agg(to_jsonb(h)) from dot.fn_iu_health() h));
  if v_former = p_revert then
    v_result := v_result || jsonb_build_object('inverse', jsonb_build_object('revert', not p_revert, 'expect', not p_revert));
  end if;
  return v_result;
end
$$;
comment on function dot.fn_phase0_autowire(boolean, boolean) is
  'Has every completed cut materialize its axes: registers the consumer iu.axis_materialize, opens gate iu.post_cut.autowire, and delivers the events of earlier cuts. p_revert takes it back: envelopes stay, new ones are no longer made. p_expect refuses where it is otherwise by now. Returns {wired, former, backfilled, failed, partial, health_before, health_after, inverse}. A refusal (DT409) when there is nothing to revert.';
