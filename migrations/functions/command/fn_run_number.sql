create or replace function dot.fn_run_number() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_rows int;
begin
  -- Before the numbers have their table, and after a revert has taken it away, runs have none.
  if to_regclass('dot.dot_command_run_number') is null then
    return null;
  end if;
  insert into dot.dot_command_run_number (run_id, run_number) values (new.run_id, nextval('dot.dot_command_run_number_seq'));
  get diagnostics v_rows = row_count;
  if v_rows <> 1 then
    raise exception using errcode = 'DT500', message = format('run %s could not be numbered', new.run_id), hint = 'A rule stands in the way: dot migrate verify';
  end if;
  return null;
end
$$;
comment on function dot.fn_run_number() is
  'At commit: numbers a run. So late, that a transaction which fails on the way draws no number. DT500 where the number is not written, as where a rule swallows it.';
drop trigger if exists number on dot.dot_command_run;
create constraint trigger number after insert on dot.dot_command_run
  deferrable initially deferred
  for each row execute function dot.fn_run_number();
alter table dot.dot_command_run enable always trigger number;
