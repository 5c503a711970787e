create or replace function dot.fn_audit_seal(p_all boolean default false, p_limit int default 100000) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('audit seal', jsonb_build_object('all', p_all, 'limit', p_limit));
begin
  if v_refused is not null then
    return v_refused;
  end if;
  return dot.fn_audit_append(p_all, p_limit) || jsonb_build_object('numbers', dot.fn_audit_number_settle());
end
$$;
comment on function dot.fn_audit_seal(boolean, int) is 'fn_audit_append as part of the command audit seal, which signs the log afterwards; and numbers: what fn_audit_number_settle settled.';
