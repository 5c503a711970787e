create or replace function dot.fn_catalog_sync_retry_policies(p_entries jsonb) returns int
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_written int;
begin
  insert into dot.retry_policy_registry as r (retry_policy, max_attempts, first_delay, factor, longest_delay, jitter, summary)
  select e.key, (e.value ->> 'max_attempts')::int, (e.value ->> 'first_delay')::interval, coalesce((e.value ->> 'factor')::numeric, 2), (e.value ->> 'longest_delay')::interval, coalesce((e.value ->> 'jitter')::numeric, 0.1), e.value ->> 'summary'
    from jsonb_each(p_entries) e
  on conflict (retry_policy) do update
    set max_attempts = excluded.max_attempts, first_delay = excluded.first_delay, factor = excluded.factor, longest_delay = excluded.longest_delay, jitter = excluded.jitter, summary = excluded.summary
  where (r.max_attempts, r.first_delay, r.factor, r.longest_delay, r.jitter, r.summary)
    is distinct from (excluded.max_attempts, excluded.first_delay, excluded.factor, excluded.longest_delay, excluded.jitter, excluded.summary);
  get diagnostics v_written = row_count;
  return v_written;
end
$$;
comment on function dot.fn_catalog_sync_retry_policies(jsonb) is
  'Brings the retry policies up to catalog/retry_policies: {policy: {max_attempts, first_delay, factor, longest_delay, jitter, summary}}. Returns how many rows were written.';
