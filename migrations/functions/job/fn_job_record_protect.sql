create or replace function dot.fn_job_record_protect() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  raise exception using errcode = 'DT409', message = format('who did what in %s cannot be changed', tg_table_name),
    hint = 'Ended jobs and the logins of workers are a record.';
end
$$;
comment on function dot.fn_job_record_protect() is
  'Keeps job_history as it was written until its day is dropped, and for each worker who started it: DT409. Inserts pass by it.';
create or replace trigger protect before update or delete on dot.job_history
  for each row execute function dot.fn_job_record_protect();
create or replace trigger protect_truncate before truncate on dot.job_history
  for each statement execute function dot.fn_job_record_protect();
create or replace trigger protect before update of worker_id, login, run_id, started_at on dot.queue_heartbeat
  for each row execute function dot.fn_job_record_protect();
create or replace trigger protect_truncate before truncate on dot.queue_heartbeat
  for each statement execute function dot.fn_job_record_protect();
alter table dot.queue_heartbeat enable always trigger protect, enable always trigger protect_truncate;
