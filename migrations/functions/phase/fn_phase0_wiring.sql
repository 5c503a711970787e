create or replace function dot.fn_phase0_wiring(p_wired boolean default true) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('ok', w.wired = p_wired and (not p_wired or w.bare = 0), 'wired', w.wired, 'gate_open', w.open, 'consumer', w.consumer,
           'cuts_not_materialized', w.bare)
    from (
      select dot.fn_iu_wired() as wired, dot.fn_gate_open('iu.post_cut.autowire') as open,
             (select status from dot.consumer_registry where consumer_code = 'iu.axis_materialize') as consumer,
             (select count from dot.fn_iu_health() where item = 'cuts not materialized') as bare) w
$$;
comment on function dot.fn_phase0_wiring(boolean) is
  'Whether completed cuts materialize their axes by themselves and none is left without (or, with p_wired false, whether that is off): {ok, wired, gate_open, consumer, cuts_not_materialized}.';
