create or replace function dot.fn_registry_sync(p_registry text, p_entries jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_written int;
begin
  case p_registry
    when 'tags' then
      insert into dot.iu_metadata_tag_registry as r (tag_code, facet, title, summary, status)
      select e ->> 'key', e ->> 'facet', e ->> 'title', e ->> 'summary', coalesce(e ->> 'status', 'active') from jsonb_array_elements(p_entries) e
      on conflict (tag_code) do update
        set facet = excluded.facet, title = excluded.title, summary = excluded.summary, status = excluded.status
      where (r.facet, r.title, r.summary, r.status) is distinct from (excluded.facet, excluded.title, excluded.summary, excluded.status);
    when 'templates' then
      insert into dot.iu_collection_template as r (template_code, title, summary, selectors, status)
      select e ->> 'key', e ->> 'title', e ->> 'summary', e -> 'select', coalesce(e ->> 'status', 'active') from jsonb_array_elements(p_entries) e
      on conflict (template_code) do update
        set title = excluded.title, summary = excluded.summary, selectors = excluded.selectors, status = excluded.status
      where (r.title, r.summary, r.selectors, r.status) is distinct from (excluded.title, excluded.summary, excluded.selectors, excluded.status);
    when 'registries' then
      insert into dot.registry_catalog as r (registry_code, table_name, key_column, columns, phase, summary)
      select e ->> 'key', e ->> 'table', e ->> 'key_column', e -> 'columns', e ->> 'phase', e ->> 'summary' from jsonb_array_elements(p_entries) e
      on conflict (registry_code) do update
        set table_name = excluded.table_name, key_column = excluded.key_column, columns = excluded.columns, phase = excluded.phase, summary = excluded.summary
      where (r.table_name, r.key_column, r.columns, r.phase, r.summary)
        is distinct from (excluded.table_name, excluded.key_column, excluded.columns, excluded.phase, excluded.summary);
    else
      raise exception using errcode = 'DT400', message = format('there is no registry folder %s', p_registry), hint = 'Known: tags, templates, registries.';
  end case;
  get diagnostics v_written = row_count;
  return jsonb_build_object('registry', p_registry, 'entries', jsonb_array_length(p_entries), 'written', v_written);
end
$$;
comment on function dot.fn_registry_sync(text, jsonb) is
  'Brings a registry up to its files in catalog/<p_registry>: p_entries are the files as objects, with key for the file''s name. Writes only what differs; an entry without a file stays. Returns {registry, entries, written}. DT400 for an unknown folder.';
