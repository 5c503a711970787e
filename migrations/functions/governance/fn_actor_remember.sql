create or replace function dot.fn_actor_remember() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  insert into dot.dot_actor_was (actor_id, login_name, principal, actor_kind, until)
  values (old.actor_id, old.login_name, old.principal, old.actor_kind, dot.fn_clock_now());
  return null;
end
$$;
comment on function dot.fn_actor_remember() is
  'Keeps what an actor was before it is declared anew or taken away: who answered for it and which login it had, until when.';
create or replace trigger remember after update on dot.dot_actor
  for each row when ((old.actor_id, old.login_name, old.principal, old.actor_kind) is distinct from (new.actor_id, new.login_name, new.principal, new.actor_kind))
  execute function dot.fn_actor_remember();
create or replace trigger remember_gone after delete on dot.dot_actor for each row execute function dot.fn_actor_remember();
alter table dot.dot_actor enable always trigger remember, enable always trigger remember_gone;
