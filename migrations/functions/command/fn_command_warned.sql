create or replace function dot.fn_command_warned() returns jsonb
language sql stable set search_path = dot, pg_temp
as $$
  select case when coalesce(current_setting('dot.warnings', true), '') = '' then '{}'
    else jsonb_build_object('warnings', current_setting('dot.warnings')::jsonb) end
$$;
comment on function dot.fn_command_warned() is 'What fn_command_warn has said in this transaction: {warnings: [text]}, or {}.';
