create or replace function dot.fn_command_run_protect() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  if tg_op = 'UPDATE' and old.state = 'started' then
    return new;
  end if;
  if tg_op = 'UPDATE' and old.pair is null and new.pair is not null and to_jsonb(new) - 'pair' = to_jsonb(old) - 'pair' then
    return new;
  end if;
  -- What a call straight from SQL is refused is known after its row was made, and before that can be seen (fn_command_answer).
  if tg_op = 'UPDATE' and old.mode = 'sql' and old.state = 'succeeded' and new.state = 'refused' and old.entered_xid = pg_current_xact_id()
    and to_jsonb(new) - array['state', 'error'] = to_jsonb(old) - array['state', 'error']
  then
    return new;
  end if;
  raise exception using errcode = 'DT409', message = 'a finished run cannot be changed or deleted',
    hint = 'The audit is append-only.';
end
$$;
comment on function dot.fn_command_run_protect() is
  'Keeps the audit append-only: a row changes while it is started, takes its pair''s verdict once, and where it was called straight from SQL becomes refused within its own transaction. DT409 for anything else, also where session_replication_role is replica.';
create or replace trigger protect before update or delete on dot.dot_command_run
  for each row execute function dot.fn_command_run_protect();
create or replace trigger protect_truncate before truncate on dot.dot_command_run
  for each statement execute function dot.fn_command_run_protect();
alter table dot.dot_command_run enable always trigger protect, enable always trigger protect_truncate;
