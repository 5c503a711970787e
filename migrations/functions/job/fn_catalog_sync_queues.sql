create or replace function dot.fn_catalog_sync_queues(p_entries jsonb) returns int
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_written int;
begin
  insert into dot.queue_registry as q (queue_code, weight, max_running, rate_limit, rate_period, owner, summary)
  select e.key, coalesce((e.value ->> 'weight')::smallint, 1), (e.value ->> 'max_running')::int, (e.value ->> 'rate_limit')::int, (e.value ->> 'rate_period')::interval, coalesce((e.value ->> 'owner'), 'job'), e.value ->> 'summary'
    from jsonb_each(p_entries) e
  on conflict (queue_code) do update
    set owner = excluded.owner, summary = excluded.summary
  where (q.owner, q.summary)
    is distinct from (excluded.owner, excluded.summary);
  get diagnostics v_written = row_count;
  return v_written;
end
$$;
comment on function dot.fn_catalog_sync_queues(jsonb) is
  'Brings the queues up to catalog/queues: {queue: {weight, max_running, rate_limit, rate_period, owner, summary}}. What operators set later (limits, weight, status) is kept. Returns how many rows were written.';
