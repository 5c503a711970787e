create or replace function dot.fn_command_fresh() returns void
language plpgsql volatile set search_path = dot, pg_temp
as $$
begin
  perform dot.fn_command_current();
  -- What the platform says of a run is not what a caller has put there before it.
  if current_setting('dot.warnings', true) <> '' then
    perform set_config('dot.warnings', '', true);
  end if;
end
$$;
comment on function dot.fn_command_fresh() is
  'At the beginning of a run, and of its effect: refuses a transaction that keeps a snapshot (fn_command_current), and forgets what was said before.';
