create or replace function dot.fn_audit_seal(p_all boolean default false, p_limit int default 100000) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_function record;
  v_some     jsonb;
  v_settled  jsonb := jsonb_build_object();
  v_sealed   jsonb;
  v_refused  jsonb := dot.fn_command_guard('audit seal', jsonb_build_object('all', p_all, 'limit', p_limit));
begin
  if v_refused is not null then
    return v_refused;
  end if;
  v_sealed := dot.fn_audit_append(p_all, p_limit) || jsonb_build_object('numbers', dot.fn_audit_number_settle());
  for v_function in
    select p.oid::regproc as call, substr(p.proname, length('fn_audit_settles_') + 1) as what from pg_proc p
     where p.pronamespace = 'dot'::regnamespace and p.proowner = 'dot_owner'::regrole and p.proname like 'fn\_audit\_settles\_%' and p.pronargs = 0
     order by p.proname
  loop
    begin
      execute format('select %s()', v_function.call) into v_some;
    exception when others then
      -- The log is sealed whatever else cannot be; what stays unsettled is settled by a later seal.
      v_some := jsonb_build_object('failed', format('%s (%s)', sqlerrm, sqlstate));
    end;
    v_settled := v_settled || case when v_some <> '{}' then jsonb_build_object(v_function.what, v_some) else '{}' end;
  end loop;
  return dot.fn_command_answer('audit seal', v_sealed || v_settled);
end
$$;
comment on function dot.fn_audit_seal(boolean, int) is 'fn_audit_append as part of the command audit seal, which signs the log afterwards; numbers: what fn_audit_number_settle settled; and, of each fn_audit_settles_<name>() of the platform, in the domain of what it settles, what that returned under <name>, {failed: why} of one that could not.';
