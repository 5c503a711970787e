create or replace function dot.fn_phase0_autowire(p_revert boolean default false, p_expect boolean default null) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('phase0 autowire', jsonb_build_object('revert', p_revert, 'expect', p_expect));
  v_former  boolean := dot.fn_iu_wired();
  v_before  jsonb;
  v_turned  jsonb;
  v_result  jsonb;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if v_former is distinct from coalesce(p_expect, v_former) or (p_revert and not v_former) then
    return dot.fn_command_answer('phase0 autowire', dot.fn_command_refusal('DT409', 'moved', case when v_former then 'the axes are wired by now' else 'the axes are not wired' end,
      'dot phase0 wiring', jsonb_build_object('wired', v_former)));
  end if;
  select jsonb_agg(to_jsonb(h)) into v_before from dot.fn_iu_health() h;
  v_turned := dot.fn_phase0_turn(not p_revert, true);
  v_result := jsonb_build_object('wired', not p_revert, 'former', v_former, 'consumer', 'iu.axis_materialize', 'gate', 'iu.post_cut.autowire',
    'backfilled', v_turned -> 'backfilled', 'failed', v_turned -> 'failed', 'partial', (v_turned ->> 'failed')::int > 0,
    'health_before', v_before, 'health_after', (select jsonb_agg(to_jsonb(h)) from dot.fn_iu_health() h));
  if v_former = p_revert then
    v_result := v_result || jsonb_build_object('inverse', jsonb_build_object('revert', not p_revert, 'expect', not p_revert));
  end if;
  return dot.fn_command_answer('phase0 autowire', v_result);
end
$$;
comment on function dot.fn_phase0_autowire(boolean, boolean) is
  'Has every completed cut materialize its axes: registers the consumer iu.axis_materialize, opens gate iu.post_cut.autowire, and delivers the events of earlier cuts. p_revert takes it back: envelopes stay, new ones are no longer made. p_expect refuses where it is otherwise by now. Returns {wired, former, backfilled, failed, partial, health_before, health_after, inverse}. A refusal (DT409) when there is nothing to revert.';
