create or replace function dot.fn_iu_import(p_documents jsonb, p_stage_only boolean default false, p_bodies text default null, p_root text default null) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp set work_mem = '64MB' set jit = off set enable_seqscan = off
  -- The pipeline asks for a generic plan of this call, in which the documents are no constants; within, plans are for the values.
  set plan_cache_mode = auto
as $$
declare
  v_refused jsonb;
  v_bodies  bytea := convert_to(p_bodies, 'UTF8');
  v_now     timestamptz := dot.fn_clock_now();
  v_actor   text := (dot.fn_actor_current()).actor_id;
  v_run     uuid;
  v_checked jsonb;
  v_names   text[];
  v_cuts    uuid[];
  v_revived uuid[] := array[]::uuid[];
  v_result  jsonb;
begin
  if jsonb_typeof(p_documents) is distinct from 'array' then
    raise exception using errcode = 'DT400', message = 'documents must be a JSON array',
      hint = 'Name files or folders: dot iu import FILE…';
  end if;
  -- The audit keeps what was imported by its digest; the text itself is in the units.
  v_refused := dot.fn_command_guard('iu import', jsonb_build_object('stage-only', p_stage_only, 'root', p_root,
    'documents', jsonb_path_query_array(p_documents, '$[*].path'), 'digests', jsonb_path_query_array(p_documents, '$[*].digest')));
  if v_refused is not null then
    return v_refused;
  end if;
  v_run := dot.fn_run_current();
  if p_root is not null then
    if p_root !~ '^[a-z0-9][a-z0-9._-]{0,62}$' then
      raise exception using errcode = 'DT400', message = format('invalid root name %L', p_root),
        hint = 'Lower-case letters, digits, dots, hyphens and underscores, beginning with a letter or digit, at most 63.';
    end if;
    -- The same path under another root is another document.
    select coalesce(jsonb_agg(e.doc || case when jsonb_typeof(e.doc -> 'path') = 'string' then jsonb_build_object('path', p_root || ':' || (e.doc ->> 'path')) else '{}' end order by e.no), '[]')
      into p_documents from jsonb_array_elements(p_documents) with ordinality as e(doc, no);
  end if;
  select coalesce(jsonb_agg(to_jsonb(c) order by c.no), '[]') into v_checked from dot.fn_iu_import_check(p_documents, v_bodies) c;

  v_names := array(select c ->> 'name' from jsonb_array_elements(v_checked) c where c ->> 'reason' is null);

  insert into dot.iu_document (document_id, name, created_at, run_id)
  select dot.fn_uuid_v7(), n, v_now, v_run
    from unnest(v_names) n
    left join lateral (select d.document_id from dot.iu_document d where d.name = n offset 0) d on true
   where d.document_id is null
   order by n
  on conflict (name) do nothing;
  -- In one order, so that two imports of the same documents wait for each other and do not deadlock.
  perform 1 from dot.iu_document d
   where d.name = any (v_names)
   order by d.name for update;

  -- A file that is there again brings its document back; what is only staged brings nothing about yet.
  if not p_stage_only then
    v_revived := array(select d.document_id from dot.iu_document d where d.name = any (v_names) and d.archived_at is not null);
    perform dot.fn_document_revive(v_revived, 'its document was imported again');
  end if;

  select jsonb_agg(c.item || jsonb_build_object(
           'document', d.document_id, 'base', d.current_version_id,
           'verdict', case
             when c.item ->> 'reason' is not null or d.archived_at is not null then 'refused'
             when b.digest = c.item ->> 'digest' then case when d.document_id = any (v_revived) then 'restored' else 'unchanged' end
             when s.cut_request_id is not null then 'staged'
             when o.cut_request_id is not null then 'refused'
             when b.digest is null then 'imported' else 'changed' end,
           'reason', case when o.cut_request_id is not null and s.cut_request_id is null and b.digest is distinct from c.item ->> 'digest'
             then 'cut_open' when d.archived_at is not null then 'archived' else c.item ->> 'reason' end,
           'message', case when o.cut_request_id is not null and s.cut_request_id is null and b.digest is distinct from c.item ->> 'digest'
             then format('cut request %s of this document is not finished', o.cut_request_id)
             when d.archived_at is not null then 'this document is archived: dot document restore' else c.item ->> 'message' end) order by c.no)
    into v_checked
    from jsonb_array_elements(v_checked) with ordinality as c(item, no)
    left join lateral (select i.* from dot.iu_document i where i.name = c.item ->> 'name' and c.item ->> 'reason' is null offset 0) d on true
    left join lateral (select v.digest from dot.iu_document_version v where v.document_version_id = d.current_version_id offset 0) b on true
    left join lateral (
      select r.cut_request_id
        from dot.iu_document_version v
       cross join lateral (select k.* from dot.cut_request k where k.document_version_id = v.document_version_id offset 0) r
       where v.document_id = d.document_id and v.digest = c.item ->> 'digest' and v.base_version_id is not distinct from d.current_version_id
         and r.state in ('staged', 'marked', 'approved', 'cut', 'verified')
       limit 1) s on true
    left join lateral (
      select r.cut_request_id from dot.iu_document_version v
       cross join lateral (select k.* from dot.cut_request k where k.document_version_id = v.document_version_id offset 0) r
       where v.document_id = d.document_id and r.state in ('cut', 'verified')
       limit 1) o on true;

  select array_agg(i.cut_id) into v_cuts from dot.fn_iu_stage(p_documents, v_bodies, v_checked, v_now, v_actor, v_run) i;
  v_cuts := coalesce(v_cuts, '{}');
  if not p_stage_only and cardinality(v_cuts) > 0 then
    perform dot.fn_cut_mark(v_cuts);
    perform dot.fn_cut_move(v_cuts, 'approved');
    perform dot.fn_cut_apply(v_cuts);
    perform dot.fn_cut_verify(v_cuts);
    perform dot.fn_cut_complete(v_cuts);
  end if;

  select jsonb_build_object(
           'documents', jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
             'path', c.item -> 'name', 'verdict', c.item -> 'verdict', 'reason', c.item -> 'reason', 'message', c.item -> 'message',
             'document', c.item -> 'document', 'version', v.version_no, 'cut', r.cut_request_id, 'state', r.state,
             'bytes', c.item -> 'bytes', 'pieces', c.item -> 'pieces')) || coalesce(r.report, '{}') order by c.no),
           'totals', jsonb_build_object(
             'documents', count(*), 'pieces', coalesce(sum((c.item ->> 'pieces')::int) filter (where v.run_id is not distinct from v_run), 0),
             'imported', count(*) filter (where c.item ->> 'verdict' = 'imported'),
             'changed', count(*) filter (where c.item ->> 'verdict' = 'changed'),
             'unchanged', count(*) filter (where c.item ->> 'verdict' = 'unchanged'),
             'restored', count(*) filter (where c.item ->> 'verdict' = 'restored'),
             'staged', count(*) filter (where c.item ->> 'verdict' = 'staged'),
             'refused', count(*) filter (where c.item ->> 'verdict' = 'refused')),
           'partial', count(*) filter (where c.item ->> 'verdict' = 'refused') > 0)
    into v_result
    from jsonb_array_elements(v_checked) with ordinality as c(item, no)
    left join lateral (
      select w.* from dot.iu_document_version w
       where w.document_id = (c.item ->> 'document')::uuid and w.digest = c.item ->> 'digest'
         and (w.document_version_id = (c.item ->> 'base')::uuid or w.base_version_id is not distinct from (c.item ->> 'base')::uuid)
      offset 0) v on true
    left join lateral (
      select k.* from dot.cut_request k where k.document_version_id = v.document_version_id and c.item ->> 'verdict' not in ('unchanged', 'restored') offset 0) r on true;
  return dot.fn_command_answer('iu import', v_result || jsonb_build_object('cuts', v_cuts));
end
$$;
comment on function dot.fn_iu_import(jsonb, boolean, text, text) is
  'Imports Markdown documents as sent by the client, each whole or not at all: p_documents [{path, body, digest, bytes, marks} | {path, error}]; in place of body, body_at is the byte at which the body begins in p_bodies, for bytes bytes. p_root: the name of the corpus, which a document is known by with its path, as root:path. Drives MARK to CLEANUP at once, unless p_stage_only leaves the requests staged. Returns {documents: [{path, verdict: imported|changed|unchanged|restored|staged|refused, reason, message, document, version, cut, pieces, added, changed, moved, removed, …}], totals, cuts, partial}. partial: some were refused. restored: it was archived, and is current again as it was; what is changed comes back too, and what is only staged does not. DT400 when p_documents cannot be read, or p_root is no name.';
