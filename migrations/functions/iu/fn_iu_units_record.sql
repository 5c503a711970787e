create or replace function dot.fn_iu_units_record() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_run uuid;
begin
  if to_regclass('dot.dot_row_history') is null then
    return null;
  end if;
  select r.run_id into v_run from dot.dot_command_run r where r.run_id = dot.fn_run_current() and (r.state = 'started' or r.mode = 'sql');
  insert into dot.dot_row_history (relation, row_key, run_id, image)
  select 'iu_units', d.document_version_id, v_run, jsonb_build_object('units', d.units, 'digest', d.digest)
    from dot.fn_iu_units_digest(array(select distinct c.document_version_id from changed c)) d;
  return null;
end
$$;
comment on function dot.fn_iu_units_record() is
  'Trigger on iu_tree_path, once a statement: keeps with the run, sealed with it, what the units of the versions of documents are that it touched (fn_iu_units_digest). Every function that writes a version of a unit writes its place after it.';
create or replace trigger record_insert after insert on dot.iu_tree_path referencing new table as changed for each statement execute function dot.fn_iu_units_record();
create or replace trigger record_update after update on dot.iu_tree_path referencing new table as changed for each statement execute function dot.fn_iu_units_record();
create or replace trigger record_delete after delete on dot.iu_tree_path referencing old table as changed for each statement execute function dot.fn_iu_units_record();
alter table dot.iu_tree_path enable always trigger record_insert, enable always trigger record_update, enable always trigger record_delete;
