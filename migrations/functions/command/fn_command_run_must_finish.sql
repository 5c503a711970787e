create or replace function dot.fn_command_run_must_finish() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  if exists (
    select 1 from dot.dot_command_run
     where run_id = new.run_id and entered_xid = pg_current_xact_id() and state = 'started')
  then
    raise exception using errcode = 'DT409', message = format('run %s was entered but not finished', new.run_id),
      hint = 'A rehearsal made outside fn_command_perform cannot be committed; any other run is finished by fn_command_finish.';
  end if;
  if new.mode = 'sql' then
    -- Of all that its transaction did.
    perform dot.fn_command_spend(new.run_id, dot.fn_command_measure(null));
  end if;
  return null;
end
$$;
comment on function dot.fn_command_run_must_finish() is
  'At commit: a transaction that entered a run has finished it, so that no effect stands without a succeeded row. DT409 otherwise. A run that was made straight from SQL is held against its row budget (DT429).';
drop trigger if exists must_finish on dot.dot_command_run;
create constraint trigger must_finish after insert or update of entered_xid on dot.dot_command_run
  deferrable initially deferred
  for each row when (new.entered_xid is not null) execute function dot.fn_command_run_must_finish();
alter table dot.dot_command_run enable always trigger must_finish;
