create or replace function dot.fn_row_record() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp
  set timezone = 'UTC' set datestyle = 'ISO, YMD' set intervalstyle = 'postgres' set bytea_output = 'hex' set extra_float_digits = 1
as $$
declare
  v_key_columns text[] := string_to_array(tg_argv[0], ',');
  v_left_out    text[] := string_to_array(coalesce(tg_argv[1], ''), ',');
  v_hidden      text[] := string_to_array(coalesce(tg_argv[2], ''), ',');
  v_old  jsonb;
  v_new  jsonb;
  v_key  text;
  v_run  uuid;
  v_last record;
begin
  -- Before the history has its table, and after a revert has taken it away, nothing is recorded.
  if to_regclass('dot.dot_row_history') is null then
    return null;
  end if;
  -- Not one that has ended in this transaction already. One made straight from SQL is recorded at its start.
  select r.run_id into v_run from dot.dot_command_run r where r.run_id = dot.fn_run_current() and (r.state = 'started' or r.mode = 'sql');
  if tg_op <> 'INSERT' then
    v_key := dot.fn_row_key(v_key_columns, to_jsonb(old));
    v_old := dot.fn_row_image(to_jsonb(old), v_left_out, v_hidden);
  end if;
  if tg_op <> 'DELETE' then
    v_new := dot.fn_row_image(to_jsonb(new), v_left_out, v_hidden);
    if v_key <> dot.fn_row_key(v_key_columns, to_jsonb(new)) then
      insert into dot.dot_row_history (relation, row_key, run_id) values (tg_table_name, v_key, v_run);
      v_old := null;
    end if;
    v_key := dot.fn_row_key(v_key_columns, to_jsonb(new));
  end if;
  if tg_op <> 'INSERT' then
    select h.image, h.edited into v_last from dot.dot_row_history h
     where h.relation = tg_table_name and h.row_key = v_key and h.run_id is not null order by h.change_id desc limit 1;
    if v_old = v_new and v_last.image = v_new then
      return null;
    end if;
    insert into dot.dot_row_history (relation, row_key, run_id, image, edited)
    values (tg_table_name, v_key, v_run, v_new, dot.fn_row_unrecorded(v_old, v_new, v_last.image, v_last.edited));
  else
    insert into dot.dot_row_history (relation, row_key, run_id, image) values (tg_table_name, v_key, v_run, v_new);
  end if;
  return null;
end
$$;
comment on function dot.fn_row_record() is
  'Trigger record of each recorded table: writes every change of a row into dot_row_history, with the run that makes it (none for a change of nobody''s). Arguments: the key columns, then the columns that are left out because they change without a run, then those of which only a digest is kept; each a list with commas.';
create or replace trigger record after insert or update or delete on dot.dot_actor for each row execute function dot.fn_row_record('actor_id');
create or replace trigger record after insert or update or delete on dot.dot_actor_was for each row execute function dot.fn_row_record('was_no');
create or replace trigger record after insert or update or delete on dot.dot_actor_key for each row execute function dot.fn_row_record('fingerprint');
create or replace trigger record after insert or update or delete on dot.dot_session for each row execute function dot.fn_row_record('session_id', '', 'token_sha256');
create or replace trigger record after insert or update or delete on dot.break_glass for each row execute function dot.fn_row_record('break_glass_id');
create or replace trigger record after insert or update or delete on dot.dot_function_source for each row execute function dot.fn_row_record('function_name');
create or replace trigger record after insert or update or delete on dot.dot_function_archive for each row execute function dot.fn_row_record('archive_id');
create or replace trigger record after insert or update or delete on dot.dot_schema_snapshot for each row execute function dot.fn_row_record('snapshot_id');
create or replace trigger record after insert or update or delete on dot._sqlx_migrations for each row execute function dot.fn_row_record('version');
create or replace trigger record after insert or update or delete on dot.dot_own_migration for each row execute function dot.fn_row_record('set_name,version');
alter table dot.dot_actor enable always trigger record;
alter table dot.dot_actor_key enable always trigger record;
alter table dot.dot_actor_was enable always trigger record;
alter table dot.dot_session enable always trigger record;
alter table dot.break_glass enable always trigger record;
alter table dot.dot_function_source enable always trigger record;
alter table dot.dot_function_archive enable always trigger record;
alter table dot.dot_schema_snapshot enable always trigger record;
alter table dot._sqlx_migrations enable always trigger record;
alter table dot.dot_own_migration enable always trigger record;
