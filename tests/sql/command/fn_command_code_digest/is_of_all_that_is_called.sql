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
  alter function dot.fn_gate_set(text, text, text) owner to dot_reader;
  assert dot.fn_command_code_digest('{fn_gate_set}') <> v_was, 'its owner has changed';
end
$$;
