create or replace function dot.fn_command_warn(p_message text) returns void
language plpgsql volatile set search_path = dot, pg_temp
as $$
declare
  v_said jsonb := coalesce(nullif(current_setting('dot.warnings', true), ''), '[]')::jsonb;
begin
  if not v_said ? p_message then
    perform set_config('dot.warnings', (v_said || to_jsonb(p_message))::text, true);
    -- For whoever calls from SQL. A warning would fill the server's log.
    raise notice '%', p_message;
  end if;
end
$$;
comment on function dot.fn_command_warn(text) is
  'Says something that whoever acts should know though nothing is refused: once in a transaction, as a notice, and in dot.warnings, a JSON array, which the pipeline shows.';
