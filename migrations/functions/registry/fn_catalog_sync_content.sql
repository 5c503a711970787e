create or replace function dot.fn_catalog_sync_content(p_content jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_declared jsonb := p_content -> 'registries';
  v_self     jsonb := v_declared -> 'registries';
  v_registry dot.registry_catalog;
  v_unknown  text;
  v_written  jsonb := '{}'::jsonb;
begin
  if v_self is null then
    raise exception using errcode = 'DT400', message = 'the content has no declaration of the registry registries', hint = 'It is {folder of catalog/: {entry: {…}}}, with catalog/registries among them.';
  end if;
  select string_agg(f, ', ' order by f) into v_unknown from jsonb_object_keys(p_content) f
   where not exists (select 1 from jsonb_each(v_declared) d where d.value ->> 'folder' = f);
  if v_unknown is not null then
    raise exception using errcode = 'DT400', message = format('no registry declares the folder %s of catalog/', v_unknown), hint = 'Declare it in catalog/registries, or name it as it is declared there.';
  end if;

  if dot.fn_role_held(session_user, 'dot_owner') or not exists (select 1 from dot.registry_catalog where registry_code = 'registries') then
    -- What declares all others declares itself.
    v_registry := jsonb_populate_record(null::dot.registry_catalog, v_self -> 'defaults'
      || (select jsonb_object_agg(coalesce(v_self #>> array['fields', m.key], m.key), m.value) from jsonb_each(v_self) m) || '{"registry_code": "registries"}');
    perform dot.fn_registry_guard(v_registry);
    v_written := jsonb_build_object('registries', dot.fn_registry_sync(v_registry, v_declared));
  else
    -- A declaration decides what files may write, and so is no caller's to say who cannot act as dot_owner anyway.
    select string_agg(distinct d.key, ', ' order by d.key) into v_unknown from dot.fn_registry_diff('registries', p_content) d where d.difference <> 'only in the database';
    if v_unknown is not null then
      raise exception using errcode = 'DT403', message = format('the declarations of %s are not those of this database', v_unknown),
        hint = 'They come with the program, from a login that may act as dot_owner: dot migrate apply, and then dot catalog sync.';
    end if;
  end if;

  -- All are guarded before anything is written; then those first that others refer to.
  perform dot.fn_registry_guard(r) from dot.registry_catalog r where r.phase = 'live' and v_declared ? r.registry_code order by r.registry_code;
  for v_registry in
    with recursive referred(relation, target, depth) as (
      select c.conrelid, c.confrelid, 1 from pg_constraint c where c.contype = 'f' and c.conrelid <> c.confrelid and c.connamespace = 'dot'::regnamespace
      union
      select r.relation, c.confrelid, r.depth + 1 from referred r join pg_constraint c on c.conrelid = r.target and c.contype = 'f' and c.conrelid <> c.confrelid where r.depth < 20
    )
    select r.* from dot.registry_catalog r
     where r.phase = 'live' and r.registry_code <> 'registries' and p_content ? r.folder and v_declared ? r.registry_code
     order by coalesce((select max(f.depth) from referred f
                         where f.relation = to_regclass('dot.' || quote_ident(r.table_name))
                           and f.target in (select to_regclass('dot.' || quote_ident(o.table_name)) from dot.registry_catalog o)), 0), r.registry_code
  loop
    v_written := v_written || jsonb_build_object(v_registry.registry_code, dot.fn_registry_sync(v_registry, p_content -> v_registry.folder));
  end loop;
  return v_written;
end
$$;
comment on function dot.fn_catalog_sync_content(jsonb) is
  'Brings every living registry up to its folder of catalog/, as catalog/registries declares it (fn_registry_sync), the declarations themselves first, and gives each its triggers (fn_registry_guard). Returns {registry: rows written}. Declarations are taken from who may act as dot_owner only; from others they must be those of the database (DT403). DT400 for a folder that no registry declares.';
