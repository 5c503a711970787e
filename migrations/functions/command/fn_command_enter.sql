create or replace function dot.fn_command_enter(p_run_id uuid, p_envelope jsonb) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_run dot.dot_command_run := dot.fn_command_open(p_run_id, p_envelope);
begin
  if dot.fn_command_function(v_run.command_code) is not null
    -- Who may act as the owner brings a database up to date whose catalogue is old.
    and not dot.fn_owner_trusted(to_regrole(quote_ident(session_user)))
  then
    raise exception using errcode = 'DT409', message = format('%s is carried out by fn_command_perform', v_run.command_code),
      hint = 'A run is finished by what it did, not by what is said of it.';
  end if;
end
$$;
comment on function dot.fn_command_enter(uuid, jsonb) is
  'Opens the effect transaction of a begun run whose effect is no function of the platform: what the program itself does with the caller''s rights, and functions of a team. The transaction cannot commit before fn_command_finish. DT409 when the run is no longer going on, and for commands that fn_command_perform carries out.';
