create or replace function dot.fn_subscription_target(p_to text) returns bigint
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_at timestamptz;
begin
  if p_to = 'oldest' then
    return 0;
  elsif p_to = 'now' then
    perform dot.fn_event_tick();
    return coalesce((dot.fn_event_tick_newest()).tick_id, 0);
  end if;
  begin
    v_at := p_to::timestamptz;
  exception when others then
    raise exception using errcode = 'DT400', message = format('invalid place in the stream: %s', p_to), hint = 'now, oldest, or a time.';
  end;
  return coalesce((
    select t.tick_id from dot.event_tick t where t.ticked_at <= v_at order by t.ticked_at desc limit 1), 0);
end
$$;
comment on function dot.fn_subscription_target(text) is
  'The tick at a place in the stream: now, oldest (0: before everything that is kept), or the last tick that was made by a time. After that tick comes everything since, and perhaps a little from before it. DT400 for anything else.';
