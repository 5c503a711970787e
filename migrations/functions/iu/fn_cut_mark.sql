create or replace function dot.fn_cut_mark(p_cuts uuid[]) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp set standard_conforming_strings = on 
  set work_mem = '64MB' set enable_memoize = off set enable_seqscan = off set jit = off
as $$
declare
  v_pieces int := (select sum(pieces) from dot.cut_request where cut_request_id = any (p_cuts));
  v_units  uuid[] := dot.fn_uuid_v7_many(v_pieces);
  v_vers   uuid[] := dot.fn_uuid_v7_many(v_pieces);
begin
  insert into dot.iu_staging_record (
    cut_request_id, ordinal, piece_kind, level, title, path, span_start, span_bytes, line_start, line_end, digest, unit_id, version_id)
  with doc as materialized (
    select c.cut_request_id, convert_to(s.body, 'UTF8') as bytes, s.marks
      from dot.cut_request c
     cross join lateral (select t.* from dot.iu_staged_document t where t.document_version_id = c.document_version_id offset 0) s
     where c.cut_request_id = any (p_cuts)
  ), piece as materialized (
    select d.cut_request_id as cut, m.ordinal::int as ordinal, m.kind, m.level, left(m.title, 500) as title, m.start, m."end" - m.start as bytes,
           encode(sha256(p.body), 'hex') as digest,
           octet_length(t.body) - octet_length(replace(t.body, e'\n', '')) as newlines,
           get_byte(p.body, octet_length(p.body) - 1) = 10 as ends_line,
           case m.kind
             when 'front_matter' then '+front-matter'
             when 'preamble' then '+preamble'
             -- A heading as a segment of a path. Letters beyond ASCII stay as they are, in one normal form, and only ASCII is
             -- lower-cased, so that no locale matters; a run of ASCII punctuation and space is one dash.
             else coalesce(nullif(trim(both '-' from left(regexp_replace(
               lower(case when octet_length(m.title) = length(m.title) then left(m.title, 500) else normalize(left(m.title, 500), nfc) end collate "C"),
               '[\x01-\x2f\x3a-\x60\x7b-\x7f]+', '-', 'g'), 64)), ''), 'untitled')
           end as slug
      from doc d
     cross join lateral rows from (jsonb_to_recordset(d.marks) as (start int, "end" int, level smallint, title text, kind text))
       with ordinality as m(start, "end", level, title, kind, ordinal)
     cross join lateral (select substring(d.bytes from m.start + 1 for m."end" - m.start) as body offset 0) p
     cross join lateral (select convert_from(p.body, 'UTF8') as body offset 0) t
  ), ancestor as (
    -- The nearest earlier heading of each level; it is an ancestor when no heading of a smaller level came in between.
    select p.*,
           max(ordinal) filter (where level = 1) over before as n1, max(ordinal) filter (where level = 2) over before as n2,
           max(ordinal) filter (where level = 3) over before as n3, max(ordinal) filter (where level = 4) over before as n4,
           max(ordinal) filter (where level = 5) over before as n5,
           1 + coalesce(sum(newlines) over before, 0) as line
      from piece p
    window before as (partition by cut order by ordinal rows between unbounded preceding and 1 preceding)
  ), parent as (
    select a.*,
           greatest(case when level > 1 then n1 end, case when level > 2 then n2 end, case when level > 3 then n3 end,
             case when level > 4 then n4 end, case when level > 5 then n5 end) as parent
      from ancestor a
  ), named as (
    -- Sections of one name under one parent are told apart by ~2, ~3, …
    select t.*, slug || case when twin > 1 then '~' || twin else '' end as segment,
           lpad(ordinal::text, 10, '0') || slug || case when twin > 1 then '~' || twin else '' end as stamp
      from (select p.*, row_number() over (partition by cut, parent, slug order by ordinal) as twin from parent p) t
  ), chained as (
    -- The same look back once more, for the names: the ordinal in front makes the latest the greatest.
    select n.*,
           max(stamp collate "C") filter (where level = 1) over before as s1,
           max(stamp collate "C") filter (where level = 2) over before as s2,
           max(stamp collate "C") filter (where level = 3) over before as s3,
           max(stamp collate "C") filter (where level = 4) over before as s4,
           max(stamp collate "C") filter (where level = 5) over before as s5
      from named n
    window before as (partition by cut order by ordinal rows between unbounded preceding and 1 preceding)
  )
  select cut, ordinal, kind, level, title,
         concat_ws('/',
           case when level > 1 then substr(s1, 11) end,
           case when level > 2 and n2 > coalesce(n1, 0) then substr(s2, 11) end,
           case when level > 3 and n3 > greatest(n1, n2, 0) then substr(s3, 11) end,
           case when level > 4 and n4 > greatest(n1, n2, n3, 0) then substr(s4, 11) end,
           case when level > 5 and n5 > greatest(n1, n2, n3, n4, 0) then substr(s5, 11) end,
           segment),
         start, bytes, line, line + newlines - ends_line::int, digest,
         v_units[(row_number() over ())::int], v_vers[(row_number() over ())::int]
    from chained;
  perform dot.fn_cut_move(p_cuts, 'marked');
end
$$;
comment on function dot.fn_cut_mark(uuid[]) is
  'MARK, for a set of staged cut requests: every piece with its digest, lines (counted by line feeds), place in the heading tree and the ids it will have. The marks were checked by the import. DT409 for a request that is not staged.';
