do $$
declare
  v_open text;
begin
  select string_agg(format('%s may call %s', r.role, p.proname), ', ') into v_open
    from pg_proc p cross join unnest('{dot_reader,dot_agent,dot_operator,dot_reviewer,dot_worker,dot_admin,dot_breakglass}'::regrole[]) r(role)
   where p.pronamespace = 'dot'::regnamespace and has_function_privilege(r.role, p.oid, 'execute')
     and (p.proname like 'fn\_command\_images%' or p.proname = any (array['fn_command_open', 'fn_command_close', 'fn_command_call', 'fn_command_rehearse',
       'fn_command_guard', 'fn_command_measure', 'fn_command_counters', 'fn_command_statement', 'fn_command_drift', 'fn_proposal_merge']));
  assert v_open is null, v_open;
end
$$;
