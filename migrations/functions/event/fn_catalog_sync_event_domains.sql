create or replace function dot.fn_catalog_sync_event_domains(p_entries jsonb) returns int
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_written int;
begin
  insert into dot.event_domain_registry as r (domain_code, summary, owner)
  select e.key, e.value ->> 'summary', e.value ->> 'owner' from jsonb_each(p_entries) e
  on conflict (domain_code) do update set summary = excluded.summary, owner = excluded.owner
  where (r.summary, r.owner) is distinct from (excluded.summary, excluded.owner);
  get diagnostics v_written = row_count;
  return v_written;
end
$$;
comment on function dot.fn_catalog_sync_event_domains(jsonb) is
  'Brings the domains of events up to catalog/event_domains: {domain: {summary, owner}}. A domain without a file stays, since events may be in it. Returns how many rows were written.';
