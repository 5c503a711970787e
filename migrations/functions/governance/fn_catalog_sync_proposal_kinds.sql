create or replace function dot.fn_catalog_sync_proposal_kinds(p_entries jsonb) returns int
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_written int;
begin
  insert into dot.proposal_kind as k (
    kind_code, summary, lands_in, risk, payload, propose_function, validate_function, preview_function, lock_function, apply_function, check_function, command_code)
  select e.key, e.value ->> 'summary', coalesce(e.value ->> 'lands_in', 'proposal'), e.value ->> 'risk', coalesce(e.value -> 'payload', '{}'),
         e.value ->> 'propose', e.value ->> 'validate', e.value ->> 'preview', e.value ->> 'lock', e.value ->> 'apply', e.value ->> 'check', e.value ->> 'command'
    from jsonb_each(p_entries) e
  on conflict (kind_code) do update
    set summary = excluded.summary, lands_in = excluded.lands_in, risk = excluded.risk, payload = excluded.payload,
        propose_function = excluded.propose_function, validate_function = excluded.validate_function, preview_function = excluded.preview_function, lock_function = excluded.lock_function,
        apply_function = excluded.apply_function, check_function = excluded.check_function, command_code = excluded.command_code
  where to_jsonb(k) - 'status' - 'registered_at' is distinct from to_jsonb(excluded) - 'status' - 'registered_at';
  get diagnostics v_written = row_count;
  return v_written;
end
$$;
comment on function dot.fn_catalog_sync_proposal_kinds(jsonb) is
  'Brings the kinds of proposals up to catalog/proposal_kinds: {kind: {summary, lands_in, risk, payload, propose, validate, preview, lock, apply, check, command}}. Returns how many rows were written.';
