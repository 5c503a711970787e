create role r_mallory login;
create schema team authorization r_mallory;
create schema shared authorization dot_owner;
create schema "Odd ""one" authorization r_mallory;
grant create on schema shared to r_mallory;
create schema ours authorization dot_owner;
create function ours.f(int) returns int language sql immutable as 'select $1';
alter function ours.f(int) owner to r_mallory;
create table ours.hers (id int primary key);
alter table ours.hers owner to r_mallory;
create view ours.view as select ours.f(1) as k;
alter view ours.view owner to dot_owner;
create operator ours.=== (leftarg = int, rightarg = int, function = int4eq);
alter operator ours.=== (int, int) owner to r_mallory;
create temp table passing (id int);
do $do$
declare
  v text;
begin
  foreach v in array array['select * from team.t', 'select * from TEAM . t', 'select * from "team"."t"', 'select team/**/.f(1)', 'select * from shared.x', 'select * from "Odd ""one".x',
    'select * from passing', 'select * from "passing"', 'select pg_temp.f()', 'select query_to_xml(''x'', true, true, '''')', 'select ours.f(1)', 'select * from ours.hers', 'select k from ours."view"', 'select 1 operator(ours.===) 2', 'select array_in(''{1}''::cstring, 21145::oid, -1)', 'select domain_in(''1'', 21145, -1)', 'select "record_in"(null, 1, 1)', 'select range_in /* */ (null, 1, 1)',
    'select dot.fn_phase_ask(''select 1'')', 'select fn_command_images_old(''{}'', 5, 1)', 'select lo_from_bytea(0, '''')', 'select pg_advisory_lock(1)', 'select u&"t\0065am".f()',
    e'select 1 -- it''s\n, team.f(1) -- ''', 'select $$x$$, team.f(1)', 'select "a''b", team.f(1), "c''d"', e'select e''\\'', team.f(1), ''x''']
  loop
    assert dot.fn_sql_foreign(v) is not null, v;
  end loop;
  foreach v in array array['select 1', 'select * from dot.dot_config where summary <> ''team''', 'select count(*) from ours.x', 'select * from pg_tables where schemaname = ''shared''',
    'select ''passers by''', 'select count(*) from dot.queue_registry where queue_code = ''system''', 'select * from dot.fn_gate_list()', 'select lower(summary), log(2), count(*) over (order by date(updated_at)) from dot.dot_config', 'select system from dot.dot_config', 'select teams from dot.dot_config', 'with t as (select now()) select * from t']
  loop
    assert dot.fn_sql_foreign(v) is null, v || ': ' || dot.fn_sql_foreign(v);
  end loop;
end
$do$;
