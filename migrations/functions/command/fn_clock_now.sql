-- The platform's clock: the transaction's time, or the time that a test has set.
create or replace function dot.fn_clock_now() returns timestamptz
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
begin
  if dot.fn_gate_open('test.clock') and nullif(current_setting('dot.clock', true), '') is not null then
    return current_setting('dot.clock')::timestamptz;
  end if;
  return now();
end
$$;
comment on function dot.fn_clock_now() is
  'Now, as every rule that depends on time sees it. Setting dot.clock (timestamptz) replaces it, only while gate test.clock is open.';
