create or replace function dot.fn_document_archive(p_document text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused  jsonb := dot.fn_command_guard('document archive', jsonb_build_object('document', p_document));
  v_document dot.iu_document;
  v_cut      uuid;
  v_units    uuid[];
  v_now      timestamptz := dot.fn_clock_now();
begin
  if v_refused is not null then
    return v_refused;
  end if;
  select * into v_document from dot.iu_document where name = p_document for update;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no document %s', p_document), hint = 'dot document list';
  end if;
  select c.cut_request_id into v_cut
    from dot.iu_document_version v join dot.cut_request c using (document_version_id)
   where v.document_id = v_document.document_id and c.state not in ('completed', 'cancelled')
   order by c.cut_request_id desc limit 1;
  if v_cut is not null then
    return dot.fn_command_answer('document archive', dot.fn_command_refusal('DT409', 'cut_open',
      format('cut request %s of this document is not finished', v_cut), format('dot iu cancel %s', v_cut)));
  end if;
  if v_document.archived_at is null then
    v_units := array(
      select t.unit_id from dot.iu_tree_path t where t.document_version_id = v_document.current_version_id and t.active order by t.unit_id);
    perform 1 from dot.information_unit u where u.unit_id = any (v_units) order by u.unit_id for update;
    update dot.information_unit set lifecycle_state = 'retired' where unit_id = any (v_units);
    insert into dot.iu_lifecycle_log (unit_id, from_state, to_state, reason, actor, run_id, moved_at)
    select u, 'active', 'retired', 'its document was archived', (dot.fn_actor_current()).actor_id, dot.fn_run_current(), v_now from unnest(v_units) u;
    update dot.iu_document set archived_at = v_now, archived_version_id = current_version_id, current_version_id = null
     where document_id = v_document.document_id;
  end if;
  return jsonb_build_object('document', p_document, 'archived_at', coalesce(v_document.archived_at, v_now), 'changed', v_document.archived_at is null,
    'units', coalesce(cardinality(v_units), 0), 'inverse', jsonb_build_object('document', p_document));
end
$$;
comment on function dot.fn_document_archive(text) is
  'Takes a document out of what is current: its active units are retired, and lists, search and indexes leave it out. Its versions, their units and all that refers to them stay. Returns {document, archived_at, changed, units: how many were retired, inverse}; changed is false where it was archived already. DT404 when there is none; a refusal (DT409) while a cut of it is not finished.';
