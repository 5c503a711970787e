create or replace function dot.fn_registry_edits(p_registry text)
returns table (entry_key text, run_id uuid, detail text)
language plpgsql stable security definer set search_path = dot, pg_temp
  set timezone = 'UTC' set datestyle = 'ISO, YMD' set intervalstyle = 'postgres'
as $$
declare
  v_registry dot.registry_catalog;
begin
  select * into v_registry from dot.registry_catalog r where r.registry_code = p_registry and r.phase = 'live';
  if not found or to_regclass('dot.' || quote_ident(v_registry.table_name)) is null then
    return;
  end if;
  return query execute format($q$
    with last as (
      select distinct on (h.entry_key) h.* from dot.registry_entry_history h where h.registry_code = $1 order by h.entry_key, h.change_id desc),
    now as (select dot.fn_registry_key($2, to_jsonb(t.*)) as entry_key, to_jsonb(t.*) as row from %s t),
    matched as (select coalesce(n.entry_key, l.entry_key) as entry_key, n.row, l.image, l.edited, l.run_id, l.change_id from now n full join last l on l.entry_key = n.entry_key)
    select b.entry_key, b.run_id, d.detail
      from matched b
      cross join lateral (
        select 'it is there, and no change of it is recorded' as detail where b.row is not null and b.change_id is null
        union all
        select 'it was deleted by a recorded change, and is there' where b.row is not null and b.change_id is not null and b.image is null
        union all
        select 'it is gone, and no change recorded that' where b.row is null and b.image is not null
        union all
        -- A column that came or went with a migration says nothing of its entry.
        select format('%%s is %%s; the last recorded change left it %%s', i.key, b.row -> i.key, i.value)
          from jsonb_each(b.image) i where b.row ? i.key and b.row -> i.key <> i.value
        union all
        select format('%%s was %%s when it was changed for another reason, and no change recorded that', e.key, e.value) from jsonb_each(b.edited) e
        union all
        select 'its last change was made by no run that succeeded'
         where b.change_id is not null and not exists (select 1 from dot.dot_command_run r where r.run_id = b.run_id and r.state = 'succeeded')) d
    $q$, to_regclass('dot.' || quote_ident(v_registry.table_name)))
    using p_registry, coalesce(nullif(v_registry.identity, '{}'), array[v_registry.key_column]);
end
$$;
comment on function dot.fn_registry_edits(text) is
  'The entries of a living registry that are not as their last recorded change left them, or whose last change no succeeded run made: {entry_key, the run of that change, what differs}. Trusts the history, which is sealed with the runs it names.';
