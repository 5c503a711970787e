create or replace function dot.fn_row_settle(p_run uuid, p_said jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
  set timezone = 'UTC' set datestyle = 'ISO, YMD' set intervalstyle = 'postgres' set bytea_output = 'hex' set extra_float_digits = 1
as $$
declare
  v_table record;
begin
  if to_regclass('dot.dot_row_history') is null then
    return p_said;
  end if;
  -- What this very transaction wrote before its run could enter it: visible, and not committed yet.
  insert into dot.dot_row_history (relation, row_key, run_id, image, edited)
  select l.relation, l.row_key, p_run, l.image,
         case when exists (select 1 from dot.dot_row_history s where s.relation = l.relation and s.row_key = '*') then l.edited end
    from (select distinct on (h.relation, h.row_key) h.* from dot.dot_row_history h
           where (h.relation, h.row_key) in (
             select n.relation, n.row_key from dot.dot_row_history n
              where n.run_id is null
                and pg_xact_status(((pg_current_xact_id()::text::numeric - pg_current_xact_id()::text::numeric % 4294967296 + n.xmin::text::numeric)::text)::xid8) = 'in progress')
           order by h.relation, h.row_key, h.change_id desc) l
   where l.run_id is null
   order by l.change_id;
  -- What was there before anything was recorded is where its history starts; once it has one, there is no other start.
  for v_table in
    select * from dot.fn_row_tables() t
     where not exists (select 1 from dot.dot_row_history h where h.relation = t.relation and h.row_key = '*')
  loop
    execute format('insert into dot.dot_row_history (relation, row_key, run_id, image)
        select $1, dot.fn_row_key($2, to_jsonb(t.*)), $3, dot.fn_row_image(to_jsonb(t.*), $4, $5) from %s t
         where not exists (select 1 from dot.dot_row_history h where h.relation = $1 and h.row_key = dot.fn_row_key($2, to_jsonb(t.*)) and h.run_id = $3)
        union all select $1, ''*'', $3, ''{}''', v_table.oid)
      using v_table.relation, v_table.key_columns, p_run, v_table.left_out, v_table.hidden;
  end loop;
  return p_said;
end
$$;
comment on function dot.fn_row_settle(uuid, jsonb) is
  'Answers the hook schema_altered for a run that alters the schema, and so enters the transaction of its effect at its end: makes the changes of recorded rows its own that this transaction made before, and starts the history of tables that are recorded from now on. Returns p_said.';
