create or replace function dot.fn_catalog_sync_templates(p_entries jsonb) returns int
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_written int;
begin
  insert into dot.iu_collection_template as r (template_code, title, summary, selectors, status)
  select e.key, e.value ->> 'title', e.value ->> 'summary', e.value -> 'select', coalesce(e.value ->> 'status', 'active')
    from jsonb_each(p_entries) e
  on conflict (template_code) do update
    set title = excluded.title, summary = excluded.summary, selectors = excluded.selectors, status = excluded.status
  where (r.title, r.summary, r.selectors, r.status) is distinct from (excluded.title, excluded.summary, excluded.selectors, excluded.status);
  get diagnostics v_written = row_count;
  return v_written;
end
$$;
comment on function dot.fn_catalog_sync_templates(jsonb) is
  'Brings the collection templates up to catalog/templates: {template: {title, summary, select, status}}. A template without a file stays, since collections may name it. Returns how many rows were written.';
