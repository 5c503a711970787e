do $$
declare
  v_was text := dot.fn_command_code_digest('{fn_gate_set}');
  v_def text := pg_get_functiondef('dot.fn_gate_write(text, jsonb, text)'::regprocedure);
  v_team text;
begin
  perform test.equal(dot.fn_command_code_digest('{fn_gate_set}'), v_was, 'again');
  execute replace(v_def, 'begin', 'begin -- changed');
  assert dot.fn_command_code_digest('{fn_gate_set}') <> v_was, 'what it calls has changed';
  execute v_def;
  perform test.equal(dot.fn_command_code_digest('{fn_gate_set}'), v_was, 'as it was');
  -- A team's function that was adopted is bound like any other.
  create schema team authorization dot_owner;
  create function team.step() returns int language sql as 'select 1';
  create function team.go() returns jsonb language plpgsql as 'begin return to_jsonb(team.step()); end';
  v_team := dot.fn_command_code_digest('{team.go}');
  assert v_team <> dot.fn_command_code_digest('{}'), 'it is found';
  create or replace function team.step() returns int language sql as 'select 2';
  assert dot.fn_command_code_digest('{team.go}') <> v_team, 'and what it calls';
  -- And what it reads through views, and through their views.
  create view dot.deep as select 1 as x;
  create view dot.shallow as select x from dot.deep;
  create function dot.fn_reads() returns int language sql as 'select x from dot.shallow';
  v_team := dot.fn_command_code_digest('{fn_reads}');
  create or replace view dot.deep as select 2 as x;
  assert dot.fn_command_code_digest('{fn_reads}') <> v_team, 'a view of a view has changed';
  create or replace view dot.deep as select 1 as x;
  perform test.equal(dot.fn_command_code_digest('{fn_reads}'), v_team, 'as it was');
  create or replace view dot.shallow as select x + 1 as x from dot.deep;
  assert dot.fn_command_code_digest('{fn_reads}') <> v_team, 'a view has changed';
  assert not exists (
    select 1 from pg_depend d join pg_rewrite w on w.oid = d.objid join pg_class c on c.oid = w.ev_class
      join pg_proc p on p.oid = d.refobjid
     where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_proc'::regclass and c.relnamespace = 'dot'::regnamespace and p.pronamespace = 'dot'::regnamespace),
    'no view calls a function, which would have to count too';
  alter function dot.fn_gate_set(text, text, text) owner to dot_reader;
  assert dot.fn_command_code_digest('{fn_gate_set}') <> v_was, 'its owner has changed';
end
$$;
