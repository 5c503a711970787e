create or replace function dot.fn_audit_finds_unit_edited()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp set work_mem = '64MB' set jit = off
as $$
  -- The digests of documents are recorded; so what tiles them and has their digest is what was imported.
  select 'unit_edited', 'document ' || f.document_name, null::uuid, f.problem || ' (cut ' || f.cut_id || ')'
    from dot.fn_cut_proof(array(select c.cut_request_id from dot.cut_request c where c.state in ('cut', 'verified', 'completed')), false) f
   where f.problem is not null
  union all
  select 'unit_edited', 'unit ' || v.unit_id, v.run_id, format('the body of version %s is not what its digest says', v.version_id)
    from dot.iu_version v
   where v.digest <> encode(sha256(convert_to(v.body, 'UTF8')), 'hex') or v.bytes <> octet_length(convert_to(v.body, 'UTF8'))
  union all
  select 'unit_edited', 'unit ' || u.unit_id, u.run_id, format('it is %s, and its last recorded move made it %s', u.lifecycle_state, coalesce(l.to_state, 'active'))
    from dot.information_unit u
    left join (select distinct on (g.unit_id) g.unit_id, g.to_state from dot.iu_lifecycle_log g order by g.unit_id, g.log_id desc) l using (unit_id)
   where u.lifecycle_state <> coalesce(l.to_state, 'active')
  union all
  -- Which unit stands where, under which title and path, is what the last run that touched the document left.
  select 'unit_edited', format('document %s', n.name), k.run_id, format('which units version %s has, or their titles, levels, paths and places, is not what %s', n.version_no, case when k.run_id is null then 'a run left: none is known' else 'its last run left' end)
    from dot.fn_iu_units_digest() d
    full join (
      select distinct on (h.row_key) h.row_key::uuid as document_version_id, h.run_id, h.image ->> 'digest' as digest
        from dot.dot_row_history h
       -- What was changed outside of a run has left a row without one.
       where h.relation = 'iu_units' and h.run_id is not null order by h.row_key, h.change_id desc) k using (document_version_id)
    left join (select v.document_version_id, i.name, v.version_no from dot.iu_document_version v join dot.iu_document i using (document_id)) n using (document_version_id)
   where d.digest is distinct from k.digest
$$;
comment on function dot.fn_audit_finds_unit_edited() is
  'For fn_audit_objects: unit_edited, documents whose pieces are not, together, what was imported (their digests are recorded), versions of units whose body is not what their digest says, units in another state than their recorded moves left them, and documents whose units, titles, levels, paths or places are not what their last run left.';
