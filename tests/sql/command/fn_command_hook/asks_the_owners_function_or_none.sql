do $$
declare
  v_state text;
begin
  assert dot.fn_command_hook('approval_excused', 'gate set', 'high') is not null, 'without break-glass there is no excuse';
  assert (dot.fn_catalog_check('[]') -> 'findings' @> '[{"finding": "missing_hook"}]') = false;
  begin
    perform dot.fn_command_hook('no_such_hook', 'a', 'b');
  exception when others then
    v_state := sqlstate;
  end;
  assert v_state = 'DT505', 'no answer is never a yes: ' || coalesce(v_state, 'none');
end
$$;
-- A function of that name which is not the owner's, or takes something else, is none that answers.
alter function dot.fn_breakglass_excuses(text, text) owner to current_user;
do $$
declare
  v_state text;
begin
  begin
    perform dot.fn_command_hook('approval_excused', 'gate set', 'high');
  exception when others then
    v_state := sqlstate;
  end;
  assert v_state = 'DT505', coalesce(v_state, 'it was called');
  assert dot.fn_catalog_check('[]') -> 'findings' @> '[{"finding": "missing_hook", "command": null}]';
end
$$;
