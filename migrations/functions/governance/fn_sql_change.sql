create or replace function dot.fn_sql_change(p_statement text, p_analysis jsonb) returns bigint
language plpgsql volatile security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_table  text := p_analysis ->> 'table';
  v_alias  text := quote_ident(p_analysis ->> 'alias');
  v_key    text[];
  v_same   text;
  v_count  bigint;
  v_run    uuid := dot.fn_run_current();
  v_new    bigint := (select count(*) from dot.sql_row_image where run_id = v_run and relation = v_table and operation = 'insert');
begin
  select array_agg(a.attname order by a.attnum) into v_key
    from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
   where i.indrelid = v_table::regclass and i.indisprimary;
  select string_agg(format('o.%1$I = c.dot_key_%2$s', k, n), ' and ') into v_same from unnest(v_key) with ordinality u(k, n);
  begin
    -- Both parts of one WITH see the rows as they were when it began: the statement returns what rows become, and the
    -- look-up beside it finds what they were.
    execute format($q$
      with c as (%1$s
        returning %2$s as dot_row, %3$s)
      insert into dot.sql_row_image (run_id, image_no, relation, operation, before, after)
      select $2, $3 + row_number() over (), %4$L, case when o.row is null then 'insert' else $1 end, o.row,
             case when $1 <> 'delete' then c.dot_row end
        from c left join lateral (select %6$s as row from %4$s o where %5$s) o on true
      $q$,
      rtrim(p_statement, e' \n\r\t;'), dot.fn_sql_image(v_table, v_alias),
      (select string_agg(format('%s.%I as dot_key_%s', v_alias, k, n), ', ') from unnest(v_key) with ordinality u(k, n)),
      v_table, v_same, dot.fn_sql_image(v_table, 'o'))
      using case p_analysis ->> 'operation' when 'insert' then 'update' else p_analysis ->> 'operation' end, v_run,
        (select coalesce(max(image_no), 0) from dot.sql_row_image where run_id = v_run);
    get diagnostics v_count = row_count;
  exception when syntax_error then
    raise exception using errcode = 'DT400', message = 'the statement cannot be watched: ' || sqlerrm, hint = 'Leave RETURNING out.';
  end;
  if p_analysis ->> 'operation' <> 'insert'
    and v_new <> (select count(*) from dot.sql_row_image where run_id = v_run and relation = v_table and operation = 'insert')
  then
    raise exception using errcode = 'DT403', message = format('it changes primary keys of %s, so which row is which could not be told any more', v_table),
      hint = 'Insert the new row and delete the old one.';
  end if;
  return v_count;
end
$$;
comment on function dot.fn_sql_change(text, jsonb) is
  'Runs one statement as fn_sql_analyse described it, and keeps each row it changes as it was and became in sql_row_image. Returns how many rows. DT400 where it has a RETURNING of its own, DT403 where it changes primary keys.';
