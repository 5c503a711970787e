create or replace function dot.fn_audit_finds_row_edited()
returns table (finding text, object text, run_id uuid, detail text)
language plpgsql stable security definer set search_path = dot, pg_temp
  set timezone = 'UTC' set datestyle = 'ISO, YMD' set intervalstyle = 'postgres' set bytea_output = 'hex' set extra_float_digits = 1
as $$
declare
  v_table record;
begin
  for v_table in select * from dot.fn_row_tables() loop
    return query execute format($q$
      with last as (
        select distinct on (h.row_key) h.* from dot.dot_row_history h where h.relation = $1 and h.row_key <> '*' order by h.row_key, h.change_id desc),
      -- Changes of one row wait for each other, so their numbers are in the order in which their runs ended; but for calls
      -- straight from SQL, whose runs say when they began.
      turned as (
        select o.row_key, o.run_id from (
          select h.row_key, h.run_id, r.finished_at, lag(r.finished_at) over (partition by h.row_key order by h.change_id) as before
            from dot.dot_row_history h join dot.dot_command_run r on r.run_id = h.run_id and r.mode <> 'sql' and r.state = 'succeeded'
           where h.relation = $1 and h.row_key <> '*') o
         where o.before > o.finished_at),
      now as (select dot.fn_row_key($2, to_jsonb(t.*)) as row_key, dot.fn_row_image(to_jsonb(t.*), $3, $4) as row from %s t),
      matched as (
        select coalesce(n.row_key, l.row_key) as row_key, n.row, l.image, l.edited, l.run_id, l.change_id from now n full join last l on l.row_key = n.row_key)
      select 'row_edited', rtrim($1 || ' ' || b.row_key), b.run_id, d.detail
        from matched b
        cross join lateral (
          select 'it is there, and no change of it is recorded' as detail where b.row is not null and b.change_id is null
          union all
          select 'it was deleted by a recorded change, and is there' where b.row is not null and b.change_id is not null and b.image is null
          union all
          select 'it is gone, and no change recorded that' where b.row is null and b.image is not null
          union all
          -- A column that came or went with a migration says nothing of its row.
          select format('%%s is %%s; the last recorded change left it %%s', i.key, b.row -> i.key, i.value)
            from jsonb_each(b.image) i where b.row ? i.key and b.row -> i.key <> i.value
          union all
          select format('%%s was %%s when it was changed for another reason, and no change recorded that', e.key, e.value) from jsonb_each(b.edited) e
          union all
          select 'its last change was made by no run that succeeded'
           where b.change_id is not null and not exists (
             select 1 from dot.dot_command_run r
              where r.run_id = b.run_id and r.state = 'succeeded'
                -- One that was put in has neither.
                and (exists (select 1 from dot.dot_command_run_number n where n.run_id = r.run_id)
                  or exists (select 1 from dot.audit_leaf l where l.run_id = r.run_id and l.leaf_kind = 'run/1')))) d
      union all
      select 'row_edited', rtrim($1 || ' ' || h.row_key), h.run_id, format('it says that it was changed at %%s, which is not when its run was carried out', h.changed_at)
        from dot.dot_row_history h join dot.dot_command_run r on r.run_id = h.run_id and r.mode <> 'sql' and r.state = 'succeeded'
       where h.relation = $1 and (h.changed_at < r.started_at - interval '1 minute' or h.changed_at > r.finished_at + interval '1 minute')
      union all
      select 'row_edited', rtrim($1 || ' ' || u.row_key), u.run_id, 'its changes are not in the order of their runs: their numbers were set back' from turned u
      $q$, v_table.oid)
      using v_table.relation, v_table.key_columns, v_table.left_out, v_table.hidden;
  end loop;
end
$$;
comment on function dot.fn_audit_finds_row_edited() is
  'For fn_audit_objects: row_edited, rows of recorded tables (fn_row_tables) that are not as their last recorded change left them, whose last change no succeeded run made, or whose changes have another order or time than their runs.';
