create or replace function dot.fn_command_hook(p_hook text, p_first text, p_second text) returns text
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_function regproc := dot.fn_command_hooked(p_hook);
  v_answer   text;
begin
  if v_function is null then
    raise exception using errcode = 'DT505', message = format('no function of this database answers hook %s', p_hook), hint = 'Run: dot migrate apply';
  end if;
  execute format('select %s($1, $2)::text', v_function) into v_answer using p_first, p_second;
  return v_answer;
end
$$;
comment on function dot.fn_command_hook(text, text, text) is
  'Asks the function of a higher domain that command_hook names for p_hook, with its two arguments, and gives its answer. DT505 where none answers: no answer is never a yes.';
