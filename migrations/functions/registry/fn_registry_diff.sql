create or replace function dot.fn_registry_diff(p_registry text, p_content jsonb)
returns table (key text, difference text, field text, catalogue jsonb, found jsonb)
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_registry dot.registry_catalog;
  v_files    jsonb;
begin
  select * into v_registry from dot.registry_catalog where registry_code = p_registry;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no registry %s', p_registry), hint = 'dot registry list';
  end if;
  v_files := p_content -> v_registry.folder;
  if v_files is null or v_registry.key_column is null or v_registry.phase <> 'live' then
    raise exception using errcode = 'DT409', message = format('registry %s has no files in catalog/', p_registry), hint = 'dot registry show lists what is in the database.';
  end if;
  return query execute format($q$
    with row as (select t.%1$I::text as key, to_jsonb(t.*) as body from %2$s t),
    -- As the table would have it, so that an interval is one however it is written.
    file as (
      select f.key, to_jsonb(jsonb_populate_record(null::%2$s, d.row)) as body
        from jsonb_each($1) f left join row r on r.key = f.key cross join lateral (select dot.fn_registry_row($2, f.key, f.value, r.body) as row) d where d.row is not null)
    select coalesce(f.key, r.key), case when r.key is null then 'only in the catalogue' when f.key is null then 'only in the database' else 'differs' end,
           m.field, m.catalogue, m.found
      from file f full join row r on r.key = f.key
      left join lateral (
        select c as field, f.body -> c as catalogue, r.body -> c as found from unnest($3) c
         where f.body -> c is distinct from r.body -> c) m on f.key is not null and r.key is not null
     where f.key is null or r.key is null or m.field is not null
     order by 1, 3
    $q$, v_registry.key_column, dot.fn_registry_table(v_registry)) using v_files, v_registry, v_registry.owned;
end
$$;
comment on function dot.fn_registry_diff(text, jsonb) is
  'How a registry differs from its folder of catalog/ (p_content: {folder: {key: entry}}): entries on one side only, and columns that the files own with other values. DT404 for an unknown registry, DT409 where it has no files.';
