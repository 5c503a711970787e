create or replace function dot.fn_worker_own(p_worker uuid) returns void
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
begin
  if not exists (select 1 from dot.queue_heartbeat h where h.worker_id = p_worker and h.login = session_user and h.state <> 'stopped') then
    raise exception using errcode = 'DT403', message = format('login %s has no worker %s', session_user, coalesce(p_worker::text, 'null')),
      hint = 'A worker belongs to the login that started it, until it is stopped: dot worker run, or dot.fn_worker_start from a program of its own.';
  end if;
end
$$;
comment on function dot.fn_worker_own(uuid) is 'DT403 unless the login of the session has started this worker, and it has not been stopped.';
-- Whose a worker is stays as it was when it started.
create or replace trigger protect before update of worker_id, login, run_id, started_at on dot.queue_heartbeat for each row execute function dot.fn_history_protect();
create or replace trigger protect_truncate before truncate on dot.queue_heartbeat for each statement execute function dot.fn_history_protect();
alter table dot.queue_heartbeat enable always trigger protect, enable always trigger protect_truncate;
