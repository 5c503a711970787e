create or replace function dot.fn_catalog_sync_content(p_content jsonb) returns int
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_count    int;
  v_registry text;
begin
  insert into dot.dot_config as c (config_key, value_type, value, default_value, summary, owner, risk)
  select g.key, g.value ->> 'type', g.value -> 'default', g.value -> 'default', g.value ->> 'summary', coalesce(g.value ->> 'owner', 'command'),
         coalesce(g.value ->> 'risk', 'low')
    from jsonb_each(coalesce(p_content -> 'gates', '{}')) g
  on conflict (config_key) do update
    set default_value = excluded.default_value, summary = excluded.summary, owner = excluded.owner, risk = excluded.risk, status = 'active',
        value = case when c.value_type = excluded.value_type then c.value else excluded.value end,
        value_type = excluded.value_type
    where (c.default_value, c.summary, c.owner, c.risk, c.value_type, c.status)
      is distinct from (excluded.default_value, excluded.summary, excluded.owner, excluded.risk, excluded.value_type, 'active');
  update dot.dot_config set status = 'retired'
   where status = 'active' and not coalesce(p_content -> 'gates', '{}') ? config_key;

  insert into dot.dot_error as e (code, kind, exit_code, title, help)
  select x.key, x.value ->> 'kind', (x.value ->> 'exit_code')::int, x.value ->> 'title', x.value ->> 'help'
    from jsonb_each(coalesce(p_content -> 'errors', '{}')) x
  on conflict (code) do update
    set kind = excluded.kind, exit_code = excluded.exit_code, title = excluded.title, help = excluded.help
    where (e.kind, e.exit_code, e.title, e.help) is distinct from (excluded.kind, excluded.exit_code, excluded.title, excluded.help);

  -- The domains above bring a function for each registry of theirs; what has none is for the program alone.
  for v_registry in select k from jsonb_object_keys(p_content) k order by k loop
    if to_regprocedure(format('dot.%I(jsonb)', 'fn_catalog_sync_' || v_registry)) is not null then
      execute format('select dot.%I($1)', 'fn_catalog_sync_' || v_registry) using p_content -> v_registry;
    end if;
  end loop;

  select count(*) into v_count from dot.dot_config where status = 'active';
  return v_count;
end
$$;
comment on function dot.fn_catalog_sync_content(jsonb) is
  'Settings and error codes from the registries of catalog/, and each other registry <r> that has a function fn_catalog_sync_<r>(jsonb). A setting keeps its value unless its type changed. Returns the number of active settings.';
