-- What a program says came of its own command, whatever was called meanwhile.
create role r_op login in role dot_operator;
set local session authorization r_op;
do $$
declare
  v_run uuid := test.run_id();
  v_env jsonb := jsonb_build_object('run_id', v_run, 'mode', 'run');
begin
  perform dot.fn_command_begin('audit seal', '{}', v_env);
  perform dot.fn_command_enter(v_run, v_env);
  perform dot.fn_audit_seal(false, 1);
  perform dot.fn_command_finish(v_run, '{"signed": 100000, "note": "signed by the CISO"}');
  perform test.equal(dot.fn_run_show(v_run) -> 'effects' -> 'claimed', 'true'::jsonb);
end
$$;
reset session authorization;
do $$
declare
  v_done jsonb := test.perform('gate set', '{"gate": "test.clock", "value": "open"}');
begin
  -- What the database called itself, it knows.
  assert not exists (select 1 from dot.dot_command_run where command_code = 'gate set' and effects ? 'claimed');
end
$$;
