create or replace function dot.fn_iu_slug(p_title text) returns text
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select coalesce(nullif(trim(both '-' from left(
    regexp_replace(
      -- Letters beyond ASCII stay as they are, in one normal form; only ASCII is lower-cased, so that no locale matters.
      translate(case when octet_length(p_title) = length(p_title) then p_title else normalize(left(p_title, 500), nfc) end,
                'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'),
      '[\x01-\x2f\x3a-\x60\x7b-\x7f]+', '-', 'g'), 64)), ''), 'untitled')
$$;
comment on function dot.fn_iu_slug(text) is
  'A heading as a segment of a tree path: lower-case, at most 64 characters, every run of ASCII punctuation and space one "-". The same in every locale.';
