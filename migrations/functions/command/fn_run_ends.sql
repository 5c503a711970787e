create or replace function dot.fn_run_ends() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  -- Before the numbers have their tables, and after a revert has taken them away, runs have none.
  if to_regclass('dot.dot_command_run_ending') is null then
    return null;
  end if;
  insert into dot.dot_command_run_ending (run_id) values (new.run_id);
  if not found then
    raise exception using errcode = 'DT500', message = format('run %s could not be numbered', new.run_id), hint = 'A rule stands in the way: dot migrate verify';
  end if;
  return null;
end
$$;
comment on function dot.fn_run_ends() is
  'At commit: has a run numbered (fn_run_number), by a trigger of the same name that is deferred once more. DT500 where a rule swallows that.';
drop trigger if exists number on dot.dot_command_run;
create constraint trigger number after insert on dot.dot_command_run
  deferrable initially deferred
  for each row execute function dot.fn_run_ends();
alter table dot.dot_command_run enable always trigger number;
