create or replace function dot.fn_registry_record() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp
  set timezone = 'UTC' set datestyle = 'ISO, YMD' set intervalstyle = 'postgres'
as $$
declare
  v_identity text[] := tg_argv[1:];
  v_old      jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  v_new      jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  v_key      text := dot.fn_registry_key(v_identity, coalesce(v_new, v_old));
  v_run      uuid := dot.fn_run_current();
  v_last     dot.registry_entry_history;
  v_edited   jsonb;
begin
  if tg_op = 'UPDATE' and dot.fn_registry_key(v_identity, v_old) <> v_key then
    insert into dot.registry_entry_history (registry_code, entry_key, run_id, changed_at)
    values (tg_argv[0], dot.fn_registry_key(v_identity, v_old), v_run, dot.fn_clock_now());
    v_old := null;
  end if;
  select * into v_last from dot.registry_entry_history h where h.registry_code = tg_argv[0] and h.entry_key = v_key and h.run_id is not null order by h.change_id desc limit 1;
  if v_old = v_new and v_last.image = v_new then
    return null;
  end if;
  -- What was changed past this trigger or by no run, and outlives this change, would otherwise pass for what it made.
  v_edited := dot.fn_row_unrecorded(v_old, v_new, v_last.image, v_last.edited);
  insert into dot.registry_entry_history (registry_code, entry_key, run_id, image, edited, changed_at)
  values (tg_argv[0], v_key, v_run, v_new, v_edited, dot.fn_clock_now());
  return null;
end
$$;
comment on function dot.fn_registry_record() is
  'Trigger on the table of each registry: writes every change of an entry into registry_entry_history, with the run that makes it (none for a change of nobody''s), and what the entry had before that no change recorded. Arguments: registry, key columns.';
create or replace trigger protect before update or delete on dot.registry_entry_history for each row execute function dot.fn_history_protect();
create or replace trigger protect_truncate before truncate on dot.registry_entry_history for each statement execute function dot.fn_history_protect();
alter table dot.registry_entry_history enable always trigger protect, enable always trigger protect_truncate;
