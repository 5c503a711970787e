create or replace function dot.fn_actor_able() returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    perform dot.fn_governed_seen();
  end if;
  if current_setting('dot.session_token', true) <> '' then
    -- It raises where the token stands for nobody.
    perform dot.fn_actor_current();
  end if;
  if exists (select 1 from dot.dot_actor a where a.login_name = session_user and a.status = 'disabled') then
    raise exception using errcode = 'DT403', message = format('the actor of login %s is disabled', session_user), hint = 'An administrator may enable it: dot actor enable';
  end if;
end
$$;
comment on function dot.fn_actor_able() is
  'For functions that programs call in transactions of their own, and that no guard begins: DT403 for a login whose actor is disabled, and for a session token that stands for nobody here; 40001 in a transaction in whose snapshot such, or a gate, is not as it is by now (fn_governed_seen).';
