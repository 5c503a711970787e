create or replace function dot.fn_job_subscription_moved() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb;
begin
  if new.status = 'dropped' or old.status = 'dropped' then
    -- Whoever takes its name up says anew which jobs its events become.
    delete from dot.job_subscription s where s.subscription_code = new.subscription_code;
    return null;
  end if;
  select dot.fn_job_forward_admit(s.job_kind, '{}') into v_refused from dot.job_subscription s where s.subscription_code = new.subscription_code;
  if v_refused is not null then
    raise exception using errcode = v_refused ->> 'code', message = v_refused ->> 'message', hint = v_refused ->> 'hint';
  end if;
  return null;
end
$$;
comment on function dot.fn_job_subscription_moved() is
  'Trigger jobs_follow of event_subscription: with a subscription that is dropped goes what its events become; and whoever resumes or moves one whose events become jobs must be allowed to run what these run (DT403, DT428 as fn_job_forward_admit says).';
create or replace trigger jobs_follow after update on dot.event_subscription for each row
  when (old.status is distinct from new.status and (new.status in ('active', 'dropped') or old.status = 'dropped') or old.epoch is distinct from new.epoch and new.status = 'active')
  execute function dot.fn_job_subscription_moved();
alter table dot.event_subscription enable always trigger jobs_follow;
