create or replace function dot.fn_run_number() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp set enable_seqscan = off set jit = off
as $$
begin
  -- Deferred, it is called by the commit itself. Where somebody has set the constraint to immediate, the insert of fn_run_ends calls it.
  if pg_trigger_depth() > 1 then
    raise exception using errcode = 'DT409', message = format('run %s is numbered as its transaction commits, not earlier', new.run_id),
      hint = 'Leave the constraint as it is: set constraints dot.number deferred';
  end if;
  insert into dot.dot_command_run_number (run_id, run_number) values (new.run_id, nextval('dot.dot_command_run_number_seq'));
  if not found then
    raise exception using errcode = 'DT500', message = format('run %s could not be numbered', new.run_id), hint = 'A rule stands in the way: dot migrate verify';
  end if;
  -- By its key, whatever the plan was when the table was empty: one transaction may record a million.
  delete from dot.dot_command_run_ending e where e.run_id = new.run_id;
  return null;
end
$$;
comment on function dot.fn_run_number() is
  'At commit: numbers a run. So late, that a transaction which fails on the way draws no number, nor one that is rolled back after set constraints … immediate (DT409). DT500 where the number is not written, as where a rule swallows it.';
drop trigger if exists number on dot.dot_command_run_ending;
create constraint trigger number after insert on dot.dot_command_run_ending
  deferrable initially deferred
  for each row execute function dot.fn_run_number();
alter table dot.dot_command_run_ending enable always trigger number;
