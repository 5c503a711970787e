create or replace function dot.fn_registry_guard(p_registry text) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_registry dot.registry_catalog;
  v_table    regclass;
begin
  select * into v_registry from dot.registry_catalog where registry_code = p_registry;
  v_table := to_regclass('dot.' || quote_ident(v_registry.table_name));
  if v_table is null or not exists (select 1 from pg_attribute where attrelid = v_table and attname = v_registry.key_column and not attisdropped)
    or exists (select 1 from pg_trigger where tgrelid = v_table and tgname = 'birth')
  then
    return;
  end if;
  -- What was there before the gate came from the catalogue.
  execute format($q$
    insert into dot.registry_birth (registry_code, entry_key, owner, purpose, source, born_at, born_by, changed_at, run_id)
    select %1$L, e.row ->> %2$L, coalesce(nullif(e.row ->> 'owner', ''), 'platform'),
           coalesce(nullif(e.row ->> 'summary', ''), nullif(e.row ->> 'title', ''), e.row ->> %2$L), 'catalog', n.at, n.by, n.at, n.run
      from (select to_jsonb(t) as row from %3$s t) e
     cross join (select dot.fn_clock_now() as at, (dot.fn_actor_current()).actor_id as by, nullif(current_setting('dot.run_id', true), '')::uuid as run) n
    on conflict do nothing
    $q$, p_registry, v_registry.key_column, v_table);
  execute format('create trigger birth before insert or update on %s for each row execute function dot.fn_registry_birth(%L, %L)',
    v_table, p_registry, v_registry.key_column);
end
$$;
comment on function dot.fn_registry_guard(text) is
  'Puts the birth gate on the table of a registry, once; entries that are there already are born of the catalogue. Does nothing where the table or its key is absent.';
