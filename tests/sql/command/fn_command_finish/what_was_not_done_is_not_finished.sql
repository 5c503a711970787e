create role r_adm login in role dot_admin;
set local session authorization r_adm;
do $$
declare
  v_run uuid := test.run_id();
  v_env jsonb := jsonb_build_object('run_id', v_run, 'mode', 'run');
begin
  perform dot.fn_command_begin('audit seal', '{}', v_env);
  perform dot.fn_command_enter(v_run, v_env);
  begin
    perform dot.fn_command_finish(v_run, '{"sealed": 1000}');
    raise 'it is finished';
  exception when sqlstate 'DT409' then
    assert sqlerrm like 'nothing that belongs to audit seal%', sqlerrm;
  end;
  perform dot.fn_audit_seal(false);
  perform dot.fn_command_finish(v_run, '{}');
end
$$;
do $$
declare
  v_run uuid := test.run_id();
  v_env jsonb := jsonb_build_object('run_id', v_run, 'mode', 'run');
begin
  -- What the database carries out by itself is not entered at all.
  perform dot.fn_command_begin('gate set', '{"gate": "test.clock", "value": "open"}', v_env);
  begin
    perform dot.fn_command_enter(v_run, v_env);
    raise 'it is entered';
  exception when sqlstate 'DT409' then
    assert sqlerrm = 'gate set is carried out by fn_command_perform', sqlerrm;
  end;
end
$$;
reset session authorization;
