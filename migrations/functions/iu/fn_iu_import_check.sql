create or replace function dot.fn_iu_import_check(p_documents jsonb, p_bodies bytea default null)
returns table (no bigint, name text, digest text, bytes int, pieces int, reason text, message text)
language plpgsql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on set work_mem = '64MB' set jit = off
  -- A plan made for these very documents would hold them as constants, and copy them with every step of planning.
  set plan_cache_mode = force_generic_plan
as $$
declare
  v_max bigint := dot.fn_config_int('iu.import.max_bytes');
begin
  return query
  with given as materialized (
    select e.no, e.doc ->> 'path' as name, e.doc ->> 'digest' as claimed, e.doc ->> 'bytes' as claimed_bytes, e.doc -> 'error' as error, e.doc -> 'marks' as marks,
           case
             when jsonb_typeof(e.doc -> 'body') = 'string' then convert_to(e.doc ->> 'body', 'UTF8')
             -- A part of the bodies: within them, and beginning and ending between two characters.
             when at.since >= 0 and at.bytes >= 0 and at.since + at.bytes <= octet_length(p_bodies)
               and (at.since + at.bytes = octet_length(p_bodies) or get_byte(p_bodies, (at.since + at.bytes)::int) & 192 <> 128)
               and (at.bytes = 0 or get_byte(p_bodies, at.since::int) & 192 <> 128)
             then substring(p_bodies from at.since::int + 1 for at.bytes::int)
           end as body
      from jsonb_array_elements(p_documents) with ordinality as e(doc, no)
     cross join lateral (select (e.doc ->> 'body_at')::bigint as since, (e.doc ->> 'bytes')::bigint as bytes offset 0) at
  ), marked as (
    -- The marks must tile the bytes: each begins where the one before ends, on the first byte of a character.
    select g.no, count(*)::int as pieces, bool_and(m.fits) as tiles, max(m."end") as reach,
           bool_and(case m.kind
             when 'section' then m.level between 1 and 6 and m.title is not null
             when 'preamble' then m.level = 0
             when 'front_matter' then m.level = 0 and m.ordinal = 1
             else false end) as known
      from given g
     cross join lateral (
       select r.*,
              case when r.start = lag(r."end", 1, 0) over (order by r.ordinal) and r."end" > r.start and r."end" <= octet_length(g.body)
                then get_byte(g.body, r.start) & 192 <> 128 else false end as fits
         from rows from (jsonb_to_recordset(case when jsonb_typeof(g.marks) = 'array' then g.marks else '[]' end)
           as (start int, "end" int, level int, title text, kind text)) with ordinality as r(start, "end", level, title, kind, ordinal)) m
     where g.body is not null
     group by g.no
  ), judged as (
    select g.no, g.name, encode(sha256(g.body), 'hex') as digest, octet_length(g.body) as bytes, m.pieces, g.claimed, g.claimed_bytes, g.error,
           m.tiles and m.reach = octet_length(g.body) as tiles, m.known, row_number() over (partition by g.name, g.error is null order by g.no) as same_name
      from given g left join marked m on m.no = g.no
  )
  select j.no, j.name, j.digest, j.bytes, j.pieces, r.reason,
         case r.reason
           when 'no_path' then 'the document has no path'
           when 'bad_path' then 'a path is at most 1024 bytes and has no control characters'
           when 'same_path' then coalesce(j.error ->> 'message', 'the path is named twice in one import; the first is used')
           when 'no_body' then 'the document has no body'
           when 'empty' then 'the document is empty'
           when 'too_large' then format('%s bytes, more than the limit of %s (setting iu.import.max_bytes)', j.bytes, v_max)
           when 'wrong_digest' then format('the digest or size sent is not that of the body, which is %s, %s bytes', j.digest, j.bytes)
           when 'bad_marks' then 'the marks do not tile the bytes of the body, in order and at character boundaries'
           when 'unknown_marks' then 'a mark has an unknown kind or level'
           else coalesce(j.error ->> 'message', r.reason)
         end
    from judged j
   cross join lateral (
     select case
       when coalesce(j.name, '') = '' then 'no_path'
       when octet_length(j.name) > 1024 or j.name ~ '[\x01-\x1f\x7f]' then 'bad_path'
       when j.error is not null then coalesce(j.error ->> 'reason', 'unreadable')
       when j.same_name > 1 then 'same_path'
       when j.bytes is null then 'no_body'
       when j.bytes = 0 then 'empty'
       when j.bytes > v_max then 'too_large'
       when j.claimed <> j.digest or j.claimed_bytes <> j.bytes::text then 'wrong_digest'
       when j.tiles is not true then 'bad_marks'
       when j.known is not true then 'unknown_marks'
     end as reason) r;
exception
  when invalid_text_representation or numeric_value_out_of_range or invalid_parameter_value then
    raise exception using errcode = 'DT400', message = 'the documents cannot be read: ' || sqlerrm,
      hint = 'Each is {path, body, digest, bytes, marks: [{start, end, level, title, kind}]} or {path, error: {reason, message}}.';
end
$$;
comment on function dot.fn_iu_import_check(jsonb, bytea) is
  'Checks documents as sent for an import, whoever sent them. One row each, no counting from 1: reason is null for a good one, else a short code with a message. Nothing of the sender is believed: digest, size and the tiling of the marks are computed anew. DT400 when the structure itself cannot be read.';
