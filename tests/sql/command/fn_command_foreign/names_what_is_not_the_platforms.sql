create role r_mallory login;
create schema team;
create domain team.d as int check (value > 0);
alter domain team.d owner to r_mallory;
create function team.f() returns trigger language plpgsql as 'begin return new; end';
create function team.g(int) returns int language sql immutable as 'select $1';
alter function team.f() owner to r_mallory;
alter function team.g(int) owner to r_mallory;
create table team.plain (id int primary key);
create table team.domained (id team.d primary key);
create table team.arrayed (id int primary key, d team.d[]);
create table team.triggered (id int primary key);
create trigger t before insert on team.triggered for each row execute function team.f();
create table team.indexed (id int primary key);
create index on team.indexed (team.g(id));
create table team.checked (id int primary key check (team.g(id) > 0));
create table team.hidden (id int primary key);
create policy p on team.hidden using (team.g(id) > 0);
create table team.hers (id int primary key);
alter table team.hers owner to r_mallory;
create view team.seen as select * from team.hers;
create temp table passing (id int primary key);
do $$
begin
  assert dot.fn_command_foreign('team.plain'::regclass) is null and dot.fn_command_foreign('dot.dot_config'::regclass) is null, 'nothing';
  perform test.equal(dot.fn_command_foreign('passing'::regclass), 'it is a temporary table');
  perform test.equal(dot.fn_command_foreign('team.hers'::regclass), 'its owner is r_mallory');
  assert dot.fn_command_foreign('team.domained'::regclass) like 'type team.d is owned by r_mallory' and dot.fn_command_foreign('team.arrayed'::regclass) like 'type team.d%', 'types';
  assert (select bool_and(dot.fn_command_foreign(t) like 'function team._(%) is owned by r_mallory') from unnest('{team.triggered,team.indexed,team.checked,team.hidden}'::regclass[]) t), 'functions';
  assert dot.fn_command_foreign('team.seen'::regclass) like 'it reads team.hers%', coalesce(dot.fn_command_foreign('team.seen'::regclass), 'nothing');
  assert dot.fn_command_foreign(1) is not null, 'none is no answer';
  assert (select bool_and(dot.fn_command_foreign(c.oid) is null) from pg_class c where c.relnamespace = 'dot'::regnamespace and c.relkind in ('r', 'p')), 'all tables of the platform are its own';
end
$$;
