create or replace function dot.fn_registry_sync(p_registry dot.registry_catalog, p_entries jsonb) returns int
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_table   regclass := dot.fn_registry_table(p_registry);
  v_key     text := coalesce(p_registry.key_column, p_registry.identity[1]);
  v_update  text[] := p_registry.owned || p_registry.derived;
  v_columns text := (select string_agg(quote_ident(c), ', ') from unnest(array[v_key] || v_update || p_registry.initial) c);
  v_now     jsonb := '{}'::jsonb;
  v_rows    jsonb;
  v_set     text;
  v_differs text;
  v_is_new  boolean;
  v_changed int := 0;
  v_written int;
  v_gone    int := 0;
begin
  if p_registry.is_once then
    execute format('select not exists (select 1 from %s)', v_table) into v_is_new;
    if not v_is_new then
      return 0;
    end if;
  elsif p_registry.derive_function is not null then
    -- What is derived from the row as it is must not be overtaken by who changes it meanwhile.
    execute format('select coalesce(jsonb_object_agg(t.%1$I::text, to_jsonb(t.*)), ''{}'') from (select * from %2$s where %1$I::text in (select jsonb_object_keys($1)) for no key update) t',
      v_key, v_table) into v_now using p_entries;
  end if;
  -- In the order of their keys, numbers by their value: of versions, the older first.
  select coalesce(jsonb_agg(d.row order by k.parts) filter (where d.row is not null), '[]') into v_rows
    from jsonb_each(p_entries) e
    cross join lateral (select dot.fn_registry_row(p_registry, e.key, e.value, v_now -> e.key) as row) d
    cross join lateral (
      select array_agg(case when m[1] ~ '^[0-9]' then lpad(m[1], 20, '0') else m[1] end order by n) as parts
        from regexp_matches(e.key, '[0-9]+|[^0-9]+', 'g') with ordinality as x(m, n)) k;
  select string_agg(format('%1$I = r.%1$I', c), ', '), string_agg(format('to_jsonb(t.%1$I) is distinct from to_jsonb(r.%1$I)', c), ' or ')
    into v_set, v_differs from unnest(v_update) c;
  if p_registry.gone_word is not null then
    v_set := concat_ws(', ', v_set, format('status = case when t.status = %1$L then ''active'' else t.status end', p_registry.gone_word));
    v_differs := concat_ws(' or ', v_differs, format('t.status = %L', p_registry.gone_word));
  end if;
  if p_registry.key_column is not null and v_set is not null then
    execute format('update %1$s t set %2$s from jsonb_array_elements($1) e(row) cross join lateral jsonb_populate_record(null::%1$s, e.row) r where t.%3$I = r.%3$I and (%4$s)',
      v_table, v_set, v_key, v_differs) using v_rows;
    get diagnostics v_changed = row_count;
  end if;
  -- Only those that are not there: to try the others would use up the numbers of an identity column, sync by sync.
  execute format('insert into %1$s as t (%2$s) select %3$s from jsonb_array_elements($1) with ordinality e(row, n) cross join lateral jsonb_populate_record(null::%1$s, e.row) r %4$s order by e.n %5$s',
    v_table, v_columns, (select string_agg('r.' || quote_ident(c), ', ') from unnest(array[v_key] || v_update || p_registry.initial) c),
    case when p_registry.key_column is not null then format('where not exists (select 1 from %1$s o where o.%2$I = r.%2$I)', v_table, v_key) else '' end,
    case when p_registry.key_column is not null then format('on conflict (%I) do nothing', v_key) else '' end) using v_rows;
  get diagnostics v_written = row_count;
  if p_registry.gone_word is not null then
    execute format('update %s set status = $1 where status = ''active'' and not $2 ? %I::text', v_table, v_key) using p_registry.gone_word, p_entries;
    get diagnostics v_gone = row_count;
  end if;
  if p_registry.after_function is not null then
    execute format('select dot.%I($1)', p_registry.after_function) using p_entries;
  end if;
  return v_changed + v_written + v_gone;
end
$$;
comment on function dot.fn_registry_sync(dot.registry_catalog, jsonb) is
  'Brings a registry up to its files {key: entry}, as its declaration says: columns that files own are theirs, those that they say at birth only stay as they are, and so do entries without a file, unless there is a word for those. Returns how many rows were written. DT400 and DT409 where a file or the table is not as declared, and whatever the table''s own triggers raise.';
