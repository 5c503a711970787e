do $reparse$
  declare
    v_one record;
  begin
    perform set_config('search_path', 'pg_catalog', true);
    for v_one in
      select c.oid::regclass as view, rtrim(pg_get_viewdef(c.oid), ';') as definition from pg_class c
       where c.relnamespace = 'dot'::regnamespace and c.relkind = 'v'
    loop
      execute format('create or replace view %s as %s', v_one.view, v_one.definition);
    end loop;
    for v_one in
      select t.tgname, t.tgrelid::regclass as relation, pg_get_triggerdef(t.oid) as definition,
             case t.tgenabled when 'A' then 'always' when 'R' then 'replica' end as fires
        from pg_trigger t join pg_class c on c.oid = t.tgrelid
       where c.relnamespace = 'dot'::regnamespace and not t.tgisinternal and t.tgparentid = 0
    loop
      execute format('drop trigger %I on %s', v_one.tgname, v_one.relation);
      execute v_one.definition;
      if v_one.fires is not null then
        execute format('alter table %s enable %s trigger %I', v_one.relation, v_one.fires, v_one.tgname);
      end if;
    end loop;
    for v_one in
      select k.conname, k.conrelid::regclass as relation, pg_get_constraintdef(k.oid) as definition
        from pg_constraint k join pg_class c on c.oid = k.conrelid
       where c.relnamespace = 'dot'::regnamespace and k.contype = 'c' and k.conislocal and k.coninhcount = 0 and not c.relispartition
    loop
      execute format('alter table %s drop constraint %I, add constraint %I %s', v_one.relation, v_one.conname, v_one.conname, v_one.definition);
    end loop;
  end
$reparse$
