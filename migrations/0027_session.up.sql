-- squawk-ignore-file require-concurrent-index-creation
-- Sessions: a token, opened by a login for its own actor, that a gateway presents when it acts for many people.
-- Roles belong to the whole server, so another database may have made this one already, or be making it right now.
do $$
begin
  if to_regrole('dot_gateway') is null then
    create role dot_gateway nologin;
  end if;
exception when duplicate_object or unique_violation then
  null;
end
$$;
set local role dot_owner;
create table dot.dot_session (
  session_id   uuid primary key,
  actor_id     text not null,
  login        text not null default session_user,
  roles        text[] not null,
  token_sha256 bytea not null unique check (octet_length(token_sha256) = 32),
  opened_at    timestamptz not null,
  expires_at   timestamptz not null,
  revoked_at   timestamptz,
  revoked_by   text,
  client       jsonb not null default '{}',
  run_id       uuid,
  check (expires_at > opened_at and expires_at <= opened_at + interval '12 hours'),
  check ((revoked_at is null) = (revoked_by is null))
);
comment on table dot.dot_session is
  'Sessions that logins have opened for their own actors: until expires_at, whoever presents the token stands for the actor, if they are the same login or a gateway. Only the digest of a token is kept. roles are those that the login had then; a session of which one is lost has ended. Its times are of the server''s clock, whatever the platform''s is set to.';
create index dot_session_actor on dot.dot_session (actor_id, expires_at desc);
reset role;
