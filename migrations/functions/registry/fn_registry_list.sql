create or replace function dot.fn_registry_list()
returns table (registry text, phase text, open boolean, birth text[], compat text, entries bigint, deprecated bigint, archived bigint, table_name text, summary text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select r.registry_code, r.phase, r.open, r.birth, r.compat, case when r.key_column is not null then count(b.entry_key) end, count(*) filter (where b.lifecycle = 'deprecated'),
         count(*) filter (where b.lifecycle = 'archived'), r.table_name, r.summary
    from dot.registry_catalog r left join dot.registry_birth b using (registry_code)
   where r.kind = 'registry'
   group by r.registry_code order by r.phase desc, r.registry_code
$$;
comment on function dot.fn_registry_list() is
  'The registries with how many entries were born, deprecated and archived in each; open ones take proposed entries. birth: what an entry may come from (catalog, command, proposal); compat: whether an entry may be replaced, or only followed by another version. Entries of a registry whose key has several columns are not counted.';
