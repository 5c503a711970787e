create or replace function dot.fn_registry_adapt() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp set quote_all_identifiers = off
as $$
declare
  v_registry dot.registry_catalog;
  v_view     text;
begin
  if tg_op <> 'INSERT' and old.table_name is not null and old.status <> 'archived' then
    select * into v_registry from dot.registry_catalog where registry_code = old.registry_code;
    execute format('drop view if exists dot_adapted.%I', v_registry.table_name);
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  -- An archived one keeps what it was approved as.
  if new.table_name is not null and new.status <> 'archived' then
    select * into v_registry from dot.registry_catalog where registry_code = new.registry_code;
    v_view := format('dot_adapted.%I', v_registry.table_name);
    execute (
      select format('create view %s as select %s from %I.%I t', v_view,
               string_agg(case when new.columns -> c.key = 'null' then format('null::%s as %I', c.value::regtype, c.key)
                               else format('t.%I::%s as %I', coalesce(new.columns ->> c.key, c.key), c.value::regtype, c.key) end, ', ' order by c.key),
               new.schema_name, new.table_name)
        from jsonb_each_text(v_registry.columns) c);
    execute format('comment on view %s is %L', v_view, format('%s.%s, as shape adapter %s shows it', new.schema_name, new.table_name, new.tool_code));
    new.view_digest := encode(sha256(convert_to(pg_get_viewdef(v_view::regclass), 'UTF8')), 'hex');
  end if;
  return new;
end
$$;
comment on function dot.fn_registry_adapt() is
  'Trigger on external_tool_registry, after the birth gate has found an entry sound: makes the view of a shape adapter that has a table, and drops it when the adapter is archived or gone.';
create or replace trigger view before insert or update or delete on dot.external_tool_registry for each row execute function dot.fn_registry_adapt();
alter table dot.external_tool_registry enable always trigger view;
