create or replace function dot.fn_audit_enqueue() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  insert into dot.audit_pending (run_id) values (new.run_id);
  if not found then
    raise exception using errcode = 'DT500', message = format('run %s could not be handed to the sealer', new.run_id), hint = 'A rule stands in the way: dot migrate verify';
  end if;
  return null;
end
$$;
comment on function dot.fn_audit_enqueue() is
  'Notes in audit_pending that a run has got its outcome or its verdict, in the transaction that gave it. Runs where session_replication_role is replica too. DT500 where the note is not written, as where a rule swallows it.';
create or replace trigger enqueue_insert after insert on dot.dot_command_run
  for each row when (new.state <> 'started') execute function dot.fn_audit_enqueue();
create or replace trigger enqueue_update after update on dot.dot_command_run
  for each row when (new.state <> 'started' and (old.state <> new.state or old.pair is distinct from new.pair)) execute function dot.fn_audit_enqueue();
alter table dot.dot_command_run enable always trigger enqueue_insert, enable always trigger enqueue_update;
