create or replace function dot.fn_subscription_lag(p_subscription text) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_row jsonb := (select to_jsonb(l) from dot.fn_event_lag() l where l.subscription = p_subscription);
begin
  if v_row is null then
    raise exception using errcode = 'DT404', message = format('there is no subscription %s', p_subscription), hint = 'dot subscription list';
  end if;
  return v_row;
end
$$;
comment on function dot.fn_subscription_lag(text) is 'How far one subscription is behind, as fn_event_lag. DT404 when there is none.';
