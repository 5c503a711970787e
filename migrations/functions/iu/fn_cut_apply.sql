create or replace function dot.fn_cut_apply(p_cuts uuid[]) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
  set work_mem = '64MB' set enable_nestloop = off set enable_seqscan = off set enable_mergejoin = off set jit = off
as $$
declare
  v_now  timestamptz := dot.fn_clock_now();
  v_run  uuid := dot.fn_run_current();
  v_base boolean;
begin
  -- The staged tables are new, so the planner has no figures. A lateral look-up with offset 0 is by index whatever it
  -- guesses, so that a cut costs what is cut, not what is there; the joins that remain are hashed.
  select bool_or(d.base_version_id is not null) into v_base
    from dot.cut_request c
   cross join lateral (select v.* from dot.iu_document_version v where v.document_version_id = c.document_version_id offset 0) d
   where c.cut_request_id = any (p_cuts);
  if v_base then
    perform dot.fn_cut_match(p_cuts);
  end if;

  insert into dot.information_unit (unit_id, document_id, unit_kind, created_at, run_id)
  select s.unit_id, d.document_id, s.piece_kind, v_now, v_run
    from dot.cut_request c
   cross join lateral (select v.* from dot.iu_document_version v where v.document_version_id = c.document_version_id offset 0) d
   cross join lateral (select g.* from dot.iu_staging_record g where g.cut_request_id = c.cut_request_id and g.change = 'added' offset 0) s
   where c.cut_request_id = any (p_cuts);

  insert into dot.iu_version (version_id, unit_id, version_no, document_version_id, title, level, body, bytes, digest, created_at, run_id)
  with doc as materialized (
    select c.cut_request_id, c.document_version_id, convert_to(d.body, 'UTF8') as bytes
      from dot.cut_request c
     cross join lateral (select t.body from dot.iu_staged_document t where t.document_version_id = c.document_version_id offset 0) d
     where c.cut_request_id = any (p_cuts)
  )
  select s.version_id, s.unit_id,
         case s.change when 'added' then 1 else 1 + (select max(v.version_no) from dot.iu_version v where v.unit_id = s.unit_id) end,
         d.document_version_id, s.title, s.level, convert_from(substring(d.bytes from s.span_start + 1 for s.span_bytes), 'UTF8'),
         s.span_bytes, s.digest, v_now, v_run
    from dot.iu_staging_record s join doc d on d.cut_request_id = s.cut_request_id
   where s.cut_request_id = any (p_cuts) and s.change in ('added', 'changed');

  insert into dot.iu_tree_path (document_version_id, unit_id, version_id, span_start, span_bytes, line_start, line_end, path, depth)
  select c.document_version_id, s.unit_id, s.version_id, s.span_start, s.span_bytes, s.line_start, s.line_end, s.path,
         1 + length(s.path) - length(replace(s.path, '/', ''))
    from dot.cut_request c
   cross join lateral (select g.* from dot.iu_staging_record g where g.cut_request_id = c.cut_request_id and g.change <> 'kept' offset 0) s
   where c.cut_request_id = any (p_cuts);

  update dot.cut_request c set state = 'cut', updated_at = v_now, report = r.report
    from (
      select s.cut_request_id, jsonb_build_object(
               'added', count(*) filter (where s.change = 'added'), 'changed', count(*) filter (where s.change = 'changed'),
               'moved', count(*) filter (where s.change = 'moved'), 'unchanged', count(*) filter (where s.change in ('unchanged', 'kept'))) as report
        from dot.iu_staging_record s where s.cut_request_id = any (p_cuts) group by s.cut_request_id) r
   where c.cut_request_id = r.cut_request_id and c.cut_request_id = any (p_cuts);
end
$$;
comment on function dot.fn_cut_apply(uuid[]) is
  'CUT, for a set of approved cut requests: makes the units and versions of the added and changed pieces, and the tree of the new document version. Readers see it when fn_cut_complete makes that version current. DT409 for a request that is not approved.';
