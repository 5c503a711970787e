-- Neither a file of a directory nor a function of a team's schema gets a duty or a hook.
do $$
declare
  v_given  jsonb;
  v_file   text;
begin
  foreach v_given in array array[
    '{"spec": {"code": "team x", "summary": "x", "function": "fn_x", "mutating": false, "duties": ["bootstrap"]}, "digest": "x", "source": "directory"}',
    '{"spec": {"code": "team x", "summary": "x", "function": "fn_x", "mutating": false, "hooks": "worker.run"}, "digest": "x", "source": "directory"}',
    '{"spec": {"code": "team x", "summary": "x", "function": "fn_x", "mutating": false, "duties": ["bootstrap"]}, "digest": "x"}',
    '{"spec": {"code": "team x", "summary": "x", "function": "team.fn_x", "mutating": false, "duties": ["bootstrap"]}, "digest": "x", "source": "binary"}']::jsonb[]
  loop
    perform test.raises('DT400', format('select dot.fn_catalog_sync(jsonb_build_array(%L::jsonb), %L)', v_given, '{}'), 'team x has duties or hooks, which are for commands of the program only');
  end loop;
end
$$;
