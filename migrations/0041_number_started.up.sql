-- Runs that go on since before numbers were drawn get theirs now: from here on a run without one was put in.
set local role dot_owner;
insert into dot.dot_command_run_number (run_number, run_id)
select nextval('dot.dot_command_run_number_seq'), r.run_id
  from dot.dot_command_run r
 where r.state = 'started' and not exists (select 1 from dot.dot_command_run_number n where n.run_id = r.run_id);
reset role;
