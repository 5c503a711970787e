create or replace function dot.fn_iu_operation_merge(p_units uuid[]) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_missing uuid;
  v_units   jsonb;
  v_count   int;
  v_adjoin  boolean;
begin
  if coalesce(cardinality(p_units), 0) < 2 or cardinality(p_units) <> (select count(distinct u) from unnest(p_units) u) then
    raise exception using errcode = 'DT400', message = 'a merge needs at least two different units', hint = 'Name them in the order of the document.';
  end if;
  select u.id into v_missing from unnest(p_units) u(id) where not exists (select 1 from dot.information_unit i where i.unit_id = u.id);
  if found then
    raise exception using errcode = 'DT404', message = format('there is no unit %s', v_missing), hint = 'dot iu list, dot iu search WORDS';
  end if;
  select count(*), jsonb_agg(jsonb_build_object('unit', m.unit_id, 'version', m.version_id, 'digest', m.digest) order by m.no),
         bool_and(m.previous is null or (m.span_start = m.previous and m.same_document))
    into v_count, v_units, v_adjoin
    from (
      select p.*, o.no, lag(p.span_start + p.span_bytes) over w as previous,
             lag(p.document_version_id) over w = p.document_version_id as same_document
        from dot.fn_iu_place(p_units) p join unnest(p_units) with ordinality as o(id, no) on o.id = p.unit_id
      window w as (order by o.no)) m;
  if v_count < cardinality(p_units) then
    return null;
  end if;
  if not v_adjoin then
    raise exception using errcode = 'DT400', message = 'the units do not follow one another in one document',
      hint = 'Only neighbours can be merged, named in their order: dot iu tree DOCUMENT';
  end if;
  return jsonb_build_object('kind', 'iu_merge', 'units', v_units);
end
$$;
comment on function dot.fn_iu_operation_merge(uuid[]) is
  'The exact operation of merging units, as they stand now, in the order given: {kind, units: [{unit, version, digest}]}. Null when one is no longer active. DT404 when one does not exist, DT400 for fewer than two or for units that do not follow one another in one document.';
