create or replace function dot.fn_audit_verified() returns timestamptz
language plpgsql stable security definer set search_path = dot, pg_temp set plan_cache_mode = force_custom_plan
as $$
declare
  v_code  text;
  v_last  timestamptz;
  v_found timestamptz;
begin
  foreach v_code in array dot.fn_command_with('verify_audit') loop
    -- By the order of their ids, so that the newest is found without reading the others.
    select r.finished_at into v_found from dot.dot_command_run r where r.command_code = v_code and r.finished_at is not null order by r.run_id desc limit 1;
    v_last := greatest(v_last, v_found);
  end loop;
  return v_last;
end
$$;
comment on function dot.fn_audit_verified() is
  'When the audit was verified last (dot audit verify), as its run says; null where no run of it is kept.';
