create or replace function dot.fn_run_current() returns uuid
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_run constant text := current_setting('dot.run_id', true);
begin
  -- The setting is a claim; only a run that entered this very transaction changes anything in it.
  return (
    select r.run_id from dot.dot_command_run r
     where r.run_id = case when v_run ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then v_run::uuid end
       and r.entered_xid = pg_current_xact_id_if_assigned());
end
$$;
comment on function dot.fn_run_current() is 'The run in whose transaction this is; null where there is none, whatever the session says.';
