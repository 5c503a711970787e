create or replace function dot.fn_registry_survey(p_registry text default null)
returns table (registry text, state text, phase text, table_name text, row_count bigint, differences jsonb)
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_entry dot.registry_catalog;
begin
  if p_registry is not null and not exists (select 1 from dot.registry_catalog where registry_code = p_registry) then
    raise exception using errcode = 'DT404', message = format('there is no registry %s', p_registry), hint = 'dot registry survey lists them.';
  end if;
  for v_entry in
    select * from dot.registry_catalog c where p_registry is null or c.registry_code = p_registry order by c.phase desc, c.registry_code
  loop
    registry := v_entry.registry_code;
    phase := v_entry.phase;
    table_name := v_entry.table_name;
    differences := dot.fn_registry_shape(v_entry.table_name, v_entry.key_column, v_entry.columns);
    row_count := null;
    if differences is null then
      state := case v_entry.phase when 'live' then 'absent' else 'candidate' end;
    else
      state := case when differences = '[]' then 'verified_live' else 'shape_differs' end;
      execute format('select count(*) from %s', to_regclass('dot.' || quote_ident(v_entry.table_name))) into row_count;
    end if;
    return next;
  end loop;
end
$$;
comment on function dot.fn_registry_survey(text) is
  'Inspects the registries of the platform in the live database: state verified_live, shape_differs (with the differences), absent, or candidate (planned and absent). DT404 when p_registry is not declared.';
