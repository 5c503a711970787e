-- squawk-ignore-file require-concurrent-index-deletion, require-concurrent-index-creation
set local role dot_owner;
-- A key is of who acts, whether by a login of their own or through a gateway that they share with others.
drop index dot.dot_command_run_idempotency;
create unique index dot_command_run_idempotency on dot.dot_command_run
  ((case when actor_verified then 'actor ' || actor else 'login ' || login end), idempotency_key)
  where idempotency_key is not null and mode in ('run', 'plan_apply') and state in ('started', 'succeeded');
-- What has ended stays so, though the actor be enabled or the role granted again.
alter table dot.dot_session add column standing text;
comment on column dot.dot_session.standing is
  'What the login was to the platform and the server when the session was opened (fn_session_standing). A session of which that has changed since has ended, and so has one of an earlier version, which kept none.';
reset role;
