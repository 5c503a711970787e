-- The list of applied migrations moves out of schema public, where any other program that uses sqlx keeps its own under the same
-- name. A team's own migrations have a list beside it, by the name of their set.
set local role dot_owner;
create table dot._sqlx_migrations (
  version bigint primary key,
  description text not null,
  installed_on timestamptz not null default now(),
  success boolean not null,
  checksum bytea not null,
  execution_time bigint not null
);
comment on table dot._sqlx_migrations is
  'The platform''s migrations that are applied, in the shape of sqlx''s own list. checksum: SHA-384 of the up file; execution_time: nanoseconds.';

create table dot.dot_own_migration (
  set_name text not null constraint dot_own_migration_set_name check (set_name ~ '^[a-z][a-z0-9_]{0,59}$'),
  version bigint not null constraint dot_own_migration_version check (version > 0),
  description text not null,
  installed_on timestamptz not null default now(),
  checksum bytea not null,
  down_digest text not null,
  execution_time bigint not null,
  applied_by text not null default session_user,
  primary key (set_name, version)
);
comment on table dot.dot_own_migration is
  'A team''s own migrations that are applied: each directory of them is a set with a name, and has numbers of its own. checksum: SHA-384 of the up file; down_digest: sha-256 of the down file in hexadecimal, or none; execution_time: nanoseconds; applied_by: the login, which owns what it made.';
reset role;
