create or replace function dot.fn_job_promote_due() returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_now constant bigint := (extract(epoch from clock_timestamp()) * 1000)::bigint;
begin
  if v_now >= coalesce(nullif(current_setting('dot.promote_at', true), '')::bigint, 0) then
    perform dot.fn_job_promote(1000);
    -- Where dead rows make it costly it is done the less often.
    perform set_config('dot.promote_at', (v_now + greatest(100, 20 * ((extract(epoch from clock_timestamp()) * 1000)::bigint - v_now)))::text, false);
  end if;
end
$$;
comment on function dot.fn_job_promote_due() is 'fn_job_promote, at most ten times a second and session.';
