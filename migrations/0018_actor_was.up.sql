-- What an actor was: whoever answered for it once still did.
-- squawk-ignore-file ban-drop-function
set local role dot_owner;
create table dot.dot_actor_was (
  was_no     bigint generated always as identity primary key,
  actor_id   text not null,
  login_name text,
  principal  text,
  actor_kind text not null,
  until      timestamptz not null
);
comment on table dot.dot_actor_was is
  'What actors were before they were declared anew or taken away, append-only: the login, the person who answered for each, its kind, and until when.';
create index dot_actor_was_actor on dot.dot_actor_was (lower(actor_id));
create index dot_actor_was_login on dot.dot_actor_was (login_name) where login_name is not null;
-- It comes back with another parameter.
drop function if exists dot.fn_principal_counted(text, timestamptz);
reset role;
