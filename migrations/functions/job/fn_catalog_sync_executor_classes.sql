create or replace function dot.fn_catalog_sync_executor_classes(p_entries jsonb) returns int
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_written int;
begin
  insert into dot.executor_class_registry as c (executor_class, executor_kind, mutating, is_leased, heartbeat_caller_fn, summary)
  select e.key, e.value ->> 'executor_kind', (e.value ->> 'mutating')::boolean, (e.value ->> 'is_leased')::boolean, e.value ->> 'heartbeat_caller_fn', e.value ->> 'summary'
    from jsonb_each(p_entries) e
  on conflict (executor_class) do update
    set executor_kind = excluded.executor_kind, mutating = excluded.mutating, is_leased = excluded.is_leased, heartbeat_caller_fn = excluded.heartbeat_caller_fn, summary = excluded.summary
  where (c.executor_kind, c.mutating, c.is_leased, c.heartbeat_caller_fn, c.summary)
    is distinct from (excluded.executor_kind, excluded.mutating, excluded.is_leased, excluded.heartbeat_caller_fn, excluded.summary);
  get diagnostics v_written = row_count;
  return v_written;
end
$$;
comment on function dot.fn_catalog_sync_executor_classes(jsonb) is
  'Brings the executor classes up to catalog/executor_classes: {class: {executor_kind, mutating, is_leased, heartbeat_caller_fn, summary}}. Returns how many rows were written.';
