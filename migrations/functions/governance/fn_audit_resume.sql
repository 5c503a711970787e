create or replace function dot.fn_audit_resume() returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
  set timezone = 'UTC' set datestyle = 'ISO, YMD' set intervalstyle = 'postgres' set bytea_output = 'hex' set extra_float_digits = 1
as $$
declare
  v_table record;
begin
  -- Nothing was recorded while the history was away. What is there now is where it goes on, but for what was found edited before.
  for v_table in
    select * from dot.fn_row_tables() t where exists (select 1 from dot.dot_row_history h where h.relation = t.relation and h.row_key = '*')
  loop
    execute format($q$
      with last as (select distinct on (h.row_key) h.* from dot.dot_row_history h where h.relation = $1 and h.row_key <> '*' order by h.row_key, h.change_id desc),
           now as (select dot.fn_row_key($2, to_jsonb(t.*)) as row_key, dot.fn_row_image(to_jsonb(t.*), $3, $4) as image from %s t)
      insert into dot.dot_row_history (relation, row_key, image, edited)
      select $1, coalesce(n.row_key, l.row_key), n.image, l.edited from now n full join last l on l.row_key = n.row_key
       where n.image is distinct from l.image
      $q$, v_table.oid)
      using v_table.relation, v_table.key_columns, v_table.left_out, v_table.hidden;
  end loop;
  -- Nor was anything sealed.
  perform setval('dot.dot_command_run_number_seq', greatest((select max(n.run_number) from dot.dot_command_run_number n), (select max(s.to_number) from dot.audit_number_settled s), 1));
  insert into dot.dot_command_run_number (run_number, run_id)
  select nextval('dot.dot_command_run_number_seq'), r.run_id
    from dot.dot_command_run r
   where not exists (select 1 from dot.dot_command_run_number n where n.run_id = r.run_id)
     and not exists (select 1 from dot.audit_leaf l where l.run_id = r.run_id and l.leaf_kind = 'run/1');
end
$$;
comment on function dot.fn_audit_resume() is
  'For migrate apply, once it has put back what a revert had set aside: the history of recorded rows goes on from what is there now, for the run that applies (fn_row_settle), and the runs that were begun meanwhile get their numbers.';
