create or replace function dot.fn_catalog_sync_failure_classes(p_entries jsonb) returns int
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_written int;
begin
  insert into dot.failure_class_registry as f (failure_class, is_transient, counts, retry_policy, sqlstates, summary)
  select e.key, (e.value ->> 'is_transient')::boolean, coalesce((e.value ->> 'counts')::boolean, true), e.value ->> 'retry_policy', array(select jsonb_array_elements_text(coalesce(e.value -> 'sqlstates', '[]'))), e.value ->> 'summary'
    from jsonb_each(p_entries) e
  on conflict (failure_class) do update
    set is_transient = excluded.is_transient, counts = excluded.counts, retry_policy = excluded.retry_policy, sqlstates = excluded.sqlstates, summary = excluded.summary
  where (f.is_transient, f.counts, f.retry_policy, f.sqlstates, f.summary)
    is distinct from (excluded.is_transient, excluded.counts, excluded.retry_policy, excluded.sqlstates, excluded.summary);
  get diagnostics v_written = row_count;
  return v_written;
end
$$;
comment on function dot.fn_catalog_sync_failure_classes(jsonb) is
  'Brings the failure classes up to catalog/failure_classes: {class: {is_transient, counts, retry_policy, sqlstates, summary}}. Returns how many rows were written.';
