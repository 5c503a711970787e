create or replace function dot.fn_iu_history(p_unit uuid)
returns table (happened_at timestamptz, event text, version int, bytes int, digest text, detail text, run uuid)
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
begin
  if not exists (select 1 from dot.information_unit where unit_id = p_unit) then
    raise exception using errcode = 'DT404', message = format('there is no unit %s', p_unit), hint = 'dot iu list, dot iu search WORDS';
  end if;
  return query
  select h.* from (
    select v.created_at, 'version', v.version_no, v.bytes, v.digest, d.name || ' version ' || dv.version_no, v.run_id
      from dot.iu_version v join dot.iu_document_version dv using (document_version_id) join dot.iu_document d using (document_id)
     where v.unit_id = p_unit
    union all
    select l.moved_at, l.to_state, null, null, null, l.reason || ', by ' || l.actor, l.run_id from dot.iu_lifecycle_log l where l.unit_id = p_unit
    union all
    select m.tagged_at, 'tagged', null, null, null, m.tag_code || ', by ' || m.tagged_by, m.run_id from dot.iu_metadata_tag m where m.unit_id = p_unit
  ) h(happened_at, event, version, bytes, digest, detail, run)
  order by h.happened_at, h.event desc, h.version;
end
$$;
comment on function dot.fn_iu_history(uuid) is 'What happened to a unit, oldest first: its versions, changes of state and present tags. DT404 when there is none.';
