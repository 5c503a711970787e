create or replace function dot.fn_command_run_propose(p_payload jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_wrong text := dot.fn_command_run_call(p_payload);
begin
  if v_wrong is not null then
    raise exception using errcode = 'DT400', message = v_wrong, hint = 'dot COMMAND --propose measures it with its own arguments.';
  end if;
  perform dot.fn_command_entry_used('commands', p_payload ->> 'command');
  return jsonb_build_object('risk', dot.fn_command_risk(p_payload ->> 'command', p_payload -> 'args'));
end
$$;
comment on function dot.fn_command_run_propose(jsonb) is
  'What is looked at once when a command is proposed: DT400 where its plan was not measured with the arguments that it shows; a warning where it is deprecated. Returns {risk: with these arguments}.';
