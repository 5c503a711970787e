create or replace function dot.fn_command_refusal_undone(p_undo uuid) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
begin
  if not exists (select 1 from dot.dot_command_run where undo_of = p_undo and mode in ('run', 'plan_apply') and state in ('started', 'succeeded')) then
    return null;
  end if;
  return dot.fn_command_refusal('DT409', 'already_undone', format('run %s has been undone already, or is being undone', p_undo), 'dot run list shows by which run');
end
$$;
comment on function dot.fn_command_refusal_undone(uuid) is
  'The refusal to undo a run that has been undone, or is being undone. Null: it has not been.';
