create or replace function dot.fn_subscription_cursor(p_subscription text) returns dot.event_cursor
language sql stable security definer set search_path = dot, pg_temp
as $$
  select * from dot.event_cursor where subscription_code = p_subscription order by position_no desc limit 1
$$;
comment on function dot.fn_subscription_cursor(text) is 'Where a subscription stands; all columns are null where there is none.';
