create or replace function dot.fn_worker_able() returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  perform dot.fn_actor_able();
  if current_setting('transaction_isolation') <> 'read committed' then
    -- An older snapshot shows neither what was taken away nor what runs.
    raise exception using errcode = 'DT409', message = 'a worker takes and ends jobs at isolation read committed only';
  end if;
end
$$;
comment on function dot.fn_worker_able() is
  'For the functions by which workers take and end jobs: fn_actor_able, and DT409 in a transaction of another isolation level than read committed.';
