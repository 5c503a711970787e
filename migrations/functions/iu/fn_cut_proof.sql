create or replace function dot.fn_cut_proof(p_cuts uuid[], p_digests boolean default true) returns table (cut_id uuid, document_name text, problem text)
language sql stable security definer set search_path = dot, pg_temp set work_mem = '64MB' set jit = off set enable_seqscan = off
as $$
  select c.cut_request_id, doc.name,
         case
           when p.pieces is null then 'no pieces'
           when not p.tiles then 'the spans leave a gap or overlap'
           when not p.digests_agree then 'a piece is not what its digest says'
           when p.digest <> d.digest then 'the pieces do not concatenate to the document'
         end
    from dot.cut_request c
   cross join lateral (select w.* from dot.iu_document_version w where w.document_version_id = c.document_version_id offset 0) d
   cross join lateral (select o.name from dot.iu_document o where o.document_id = d.document_id offset 0) doc
    left join lateral (
      select count(*) as pieces,
             encode(sha256(string_agg(x.body, ''::bytea order by x.span_start)), 'hex') as digest,
             bool_and(not p_digests or encode(sha256(x.body), 'hex') = x.digest) as digests_agree,
             bool_and(x.span_start = x.expected and octet_length(x.body) = x.span_bytes) and sum(x.span_bytes) = d.bytes as tiles
        from (
          select t.span_start, t.span_bytes, v.digest, convert_to(v.body, 'UTF8') as body,
                 coalesce(lag(t.span_start + t.span_bytes) over (order by t.span_start), 0) as expected
            from dot.iu_tree_path t
           cross join lateral (select w.digest, w.body from dot.iu_version w where w.version_id = t.version_id offset 0) v
           where t.document_version_id = d.document_version_id and t.active) x) p on true
   where c.cut_request_id = any (p_cuts)
$$;
comment on function dot.fn_cut_proof(uuid[], boolean) is
  'Whether the pieces of each cut, as stored, are the exact bytes of its document: problem is null when they tile it, together they have the document''s digest, and (p_digests) each has its own.';
