-- What agents may run, and emergencies.
-- Agents may run what operators may, within what policy lets an agent run; the role alone makes its login an agent.
do $$
begin
  if not exists (select 1 from pg_auth_members where member = 'dot_agent'::regrole and roleid = 'dot_operator'::regrole) then
    grant dot_operator to dot_agent;
  end if;
exception when unique_violation then
  null;
end
$$;
set local role dot_owner;

create table dot.break_glass (
  break_glass_id  uuid primary key,
  actor_id        text not null,
  principal       text,
  login           text not null default session_user,
  reason          text not null check (reason <> ''),
  commands        text[] not null check (cardinality(commands) > 0),
  opened_at       timestamptz not null,
  expires_at      timestamptz not null,
  closed_at       timestamptz,
  review_verdict  text check (review_verdict in ('justified', 'unjustified')),
  review_rationale text,
  reviewed_by     text,
  reviewed_at     timestamptz,
  run_id          uuid,
  check (expires_at <= opened_at + interval '1 hour'),
  check ((review_verdict is null) = (reviewed_at is null) and (review_verdict is null) = (reviewed_by is null))
);
comment on table dot.break_glass is
  'Emergency sessions: for the listed commands, freeze and approvals do not hold for one login until expires_at. Each owes a review by someone else.';
create index on dot.break_glass (login, expires_at desc);
create index on dot.break_glass (opened_at) where reviewed_at is null;
reset role;
