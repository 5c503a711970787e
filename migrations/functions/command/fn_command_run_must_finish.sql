create or replace function dot.fn_command_run_must_finish() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  if exists (
    select 1 from dot.dot_command_run
     where run_id = new.run_id and state = 'started' and entered_xid = pg_current_xact_id())
  then
    raise exception using errcode = 'DT409', message = format('run %s was entered but not finished', new.run_id),
      hint = 'Call fn_command_finish before the commit.';
  end if;
  return null;
end
$$;
comment on function dot.fn_command_run_must_finish() is
  'At commit: a transaction that entered a run has finished it, so that no effect stands without a succeeded row. DT409 otherwise.';
do $$
begin
  if not exists (select 1 from pg_trigger where tgrelid = 'dot.dot_command_run'::regclass and tgname = 'must_finish') then
    create constraint trigger must_finish after update of entered_xid on dot.dot_command_run
      deferrable initially deferred
      for each row execute function dot.fn_command_run_must_finish();
  end if;
end
$$;
alter table dot.dot_command_run enable always trigger must_finish;
