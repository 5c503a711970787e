create or replace function dot.fn_job_duty_note(p_duty text, p_item text, p_code text default null, p_message text default null) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  if p_code is null then
    delete from dot.job_duty d where d.duty = p_duty and d.item = p_item;
    return;
  end if;
  insert into dot.job_duty as d (duty, item, failing_since, failures, failed_at, code, message)
  values (p_duty, p_item, clock_timestamp(), 1, clock_timestamp(), p_code, left(p_message, 1000))
  on conflict (duty, item) do update
    set failures = d.failures + 1, failed_at = excluded.failed_at, code = excluded.code, message = excluded.message;
end
$$;
comment on function dot.fn_job_duty_note(text, text, text, text) is
  'Notes in job_duty that an item of housekeeping failed, with the code and message of its error; without a code, that it does not fail any more.';
