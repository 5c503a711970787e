create or replace function dot.fn_audit_finds_entry_edited()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select 'entry_edited', r.registry_code || ' ' || e.entry_key, e.run_id, e.detail
    from dot.registry_catalog r cross join lateral dot.fn_registry_edits(r.registry_code) e
   where r.phase = 'live' and r.kind = 'registry'
   order by r.registry_code, e.entry_key
$$;
comment on function dot.fn_audit_finds_entry_edited() is
  'entry_edited: entries of any registry that were changed past its commands, proposals and files (fn_registry_edits).';
