create or replace function dot.fn_sql_restore_table(p_run uuid, p_table text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_key    text[];
  v_set    text;
  v_all    text;
  v_former text;
  v_result jsonb;
begin
  if dot.fn_command_foreign(to_regclass(p_table)) is not null then
    raise exception using errcode = 'DT403', message = format('%s cannot be restored: %s', p_table, dot.fn_command_foreign(to_regclass(p_table))),
      hint = 'The platform changes what is its own.';
  end if;
  select array_agg(a.attname order by a.attnum) into v_key
    from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
   where i.indrelid = p_table::regclass and i.indisprimary;
  select string_agg(format('%1$I = r.%1$I', a.attname), ', ') filter (where a.attidentity <> 'a'), string_agg(quote_ident(a.attname), ', ')
    into v_set, v_all
    from pg_attribute a where a.attrelid = p_table::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '';
  -- The text of a json is itself: taken from jsonb it would be a string.
  select string_agg(case when i.is_json and not i.is_list then format('(f.before ->> %L)::%s as %I', a.attname, format_type(a.atttypid, a.atttypmod), a.attname)
                         else format('x.%I', a.attname) end, ', ')
    into v_former
    from pg_attribute a left join dot.fn_sql_inexact(p_table) i on i.number = a.attnum
   where a.attrelid = p_table::regclass and a.attnum > 0 and not a.attisdropped;
  -- Others who change these rows wait, so that none is overwritten between the look and the change.
  execute format('lock table %s in share row exclusive mode', p_table);
  if exists (
    select 1 from dot.sql_row_image g cross join lateral unnest(v_key) k
     where g.run_id = p_run and g.relation = p_table and g.operation = 'update' and g.before -> k is distinct from g.after -> k)
  then
    raise exception using errcode = 'DT409', message = format('run %s changed primary keys of %s', p_run, p_table),
      hint = 'Which row is which cannot be told any more; change them back by a statement of their own.';
  end if;
  -- A row that the run changed several times was first what its first image says, and last what its last image says.
  execute format($q$
    with net as materialized (
      select n.key, n.before, n.after, r.*
        from (select jsonb_build_array(%1$s) as key, (array_agg(g.before order by g.image_no))[1] as before,
                     (array_agg(g.after order by g.image_no desc))[1] as after
                from dot.sql_row_image g
               where g.run_id = $1 and g.relation = $2
               group by 1) n
       cross join lateral (select coalesce(n.after, n.before) as named offset 0) w
       cross join lateral (select %2$s from jsonb_populate_record(null::%3$s, w.named) x) r
    ), now as materialized (
      select n.key, n.before, n.after, t.ctid as place, case when t.ctid is not null then %7$s end as row
        from net n left join %3$s t on %4$s
    ), fits as materialized (
      select * from now where row is not distinct from after and before is distinct from after
    ), deleted as (
      delete from %3$s t using fits f where t.ctid = f.place and f.before is null returning 1
    ), updated as (
      update %3$s t set %5$s
        from (select f.place as dot_place, %8$s from fits f cross join lateral jsonb_populate_record(null::%3$s, f.before) x
               where f.before is not null and f.after is not null) r
       where t.ctid = r.dot_place returning 1
    ), inserted as (
      insert into %3$s (%6$s) overriding system value
      select %6$s from (select %8$s from fits f cross join lateral jsonb_populate_record(null::%3$s, f.before) x where f.after is null) r
      returning 1
    )
    select jsonb_build_object(
      'restored', (select count(*) from deleted) + (select count(*) from updated) + (select count(*) from inserted),
      'changed_since', (select count(*) from now where row is distinct from after),
      'left', coalesce((
        select jsonb_agg(jsonb_build_object('table', $2, 'key', c.key, 'expected', c.after, 'found', c.row) order by c.key)
          from (select * from now where row is distinct from after order by key limit 1000) c), '[]'))
    $q$,
    (select string_agg(format('coalesce(g.after, g.before) -> %L', k), ', ') from unnest(v_key) k),
    (select string_agg(format('x.%1$I as dot_key_%2$s', k, n), ', ') from unnest(v_key) with ordinality u(k, n)),
    p_table,
    (select string_agg(format('t.%1$I = n.dot_key_%2$s', k, n), ' and ') from unnest(v_key) with ordinality u(k, n)),
    v_set, v_all, dot.fn_sql_image(p_table, 't'), v_former)
    into v_result using p_run, p_table;
  return v_result;
end
$$;
comment on function dot.fn_sql_restore_table(uuid, text) is
  'Restores the rows of one table that a run of dot sql exec changed. Returns {restored, changed_since, left: [{table, key, expected, found}]}. DT409 where primary keys were changed.';
