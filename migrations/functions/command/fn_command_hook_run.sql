create or replace function dot.fn_command_hook_run(p_hook text, p_proposal uuid, p_given jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_function regproc := dot.fn_command_hooked(p_hook);
  v_answer   jsonb;
begin
  if v_function is null then
    raise exception using errcode = 'DT505', message = format('no function of this database answers hook %s', p_hook), hint = 'Run: dot migrate apply';
  end if;
  execute format('select %s($1, $2)', v_function) into v_answer using p_proposal, p_given;
  return v_answer;
end
$$;
comment on function dot.fn_command_hook_run(text, uuid, jsonb) is
  'Calls the function of a higher domain that command_hook names for p_hook, which may write, for a run that carries p_proposal, and gives its answer. DT505 where none answers: no answer is never a yes.';
